namespace Laurel.GrainInterfaces;

/// <summary>A response that says only how the call ended.</summary>
public sealed record Acknowledgement(OutcomeStatus Status) : IOutcome<Acknowledgement>
{
    /// <summary>Done.</summary>
    public static readonly Acknowledgement Ok = new(OutcomeStatus.Ok);

    /// <inheritdoc/>
    public static Acknowledgement Failed(OutcomeStatus status) => new(status);
}
