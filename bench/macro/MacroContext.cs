namespace Laurel.Bench.Macro;

/// <summary>What every scenario of a run works with.</summary>
/// <param name="Settings">How large.</param>
/// <param name="Workspace">Where data goes.</param>
/// <param name="Load">Makes the load.</param>
/// <param name="Screen">Shows what goes on.</param>
/// <param name="Report">Gets the results.</param>
/// <param name="Clock">All time comes from here.</param>
/// <param name="Cancellation">The run is to end.</param>
internal sealed record MacroContext(
    MacroSettings Settings, Workspace Workspace, LoadGenerator Load, Screen Screen, Report Report, TimeProvider Clock, CancellationToken Cancellation);
