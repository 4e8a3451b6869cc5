namespace Laurel.Grains;

/// <summary>
/// How long a sealed season stays in memory. One change of a player concerns all of a tenant's seasons that ever were: those that were
/// loaded for it alone must not pile up.
/// </summary>
internal sealed class SeasonStay(ActivationContext context)
{
    /// <summary>How long one that nobody reads stays for the next change.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _over = new();
    private bool _isWanted;
    private int _changes;

    /// <summary>Somebody reads it or scores in it, and may come again: it stays until the host finds it idle.</summary>
    public void Prolong() => _isWanted = true;

    /// <summary>Asks for the season to be dropped some time after a change, and after what that has set going. Returns at once.</summary>
    public void EndAfterChange(Task work) => _ = EndAfterAsync(work);

    /// <summary>It ends now.</summary>
    public Task EndAsync() => _over.CancelAsync();

    private async Task EndAfterAsync(Task work)
    {
        var change = ++_changes;
        await work;
        await Task.Delay(Rest, context.Clock, _over.Token).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        if (change == _changes && !_isWanted && !_over.IsCancellationRequested)
            context.RequestDeactivation();
    }
}
