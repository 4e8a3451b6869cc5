using Laurel.ApiFrontend;

namespace Laurel.Silo;

/// <summary>
/// Keeps serving for a moment after the process was asked to end: <c>/ready</c> says no at once, and whoever spreads the requests needs
/// a moment to notice.
/// </summary>
internal sealed class NodeDrain(TimeSpan time, TimeProvider clock) : BeforeStop
{
    private bool _isOver;

    /// <inheritdoc/>
    public override async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (!_isOver)
            await Task.Delay(time, clock, cancellationToken);
        _isOver = true;
    }
}
