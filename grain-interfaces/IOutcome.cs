namespace Laurel.GrainInterfaces;

/// <summary>What every response of a grain says first. No exception of Laurel's crosses a grain boundary: outcomes do.</summary>
public interface IOutcome
{
    /// <summary>How the call ended.</summary>
    OutcomeStatus Status { get; }
}

/// <summary>A response that can be made from a failure alone.</summary>
/// <typeparam name="TSelf">The response record.</typeparam>
public interface IOutcome<out TSelf> : IOutcome
{
    /// <summary>The response that says this and holds nothing else.</summary>
    static abstract TSelf Failed(OutcomeStatus status);
}
