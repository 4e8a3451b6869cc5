namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What became of submitted entries.</summary>
/// <param name="Results">One per entry, in the request's order.</param>
internal sealed record SubmissionBody(IReadOnlyList<SubmissionResult> Results);
