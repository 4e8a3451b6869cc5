namespace Laurel.ApiFrontend.Phoenix;

/// <summary>What became of the lines of a bulk request.</summary>
/// <param name="Accepted">Lines that are durable.</param>
/// <param name="Failed">Lines that are not.</param>
/// <param name="Errors">The failed ones by line, the first hundred.</param>
internal sealed record BulkBody(long Accepted, long Failed, IReadOnlyList<LineError> Errors);
