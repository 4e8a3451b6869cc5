namespace Laurel.Client;

/// <summary>Lets works follow one another. It waits without a thread, and continues on the one that ended the work before.</summary>
internal sealed class Turns
{
    private readonly object _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Does some work when all that came before has ended, however it ended.</summary>
    public async Task<T> NextAsync<T>(Func<Task<T>> work)
    {
        var turn = new TaskCompletionSource<bool>();
        Task before;
        lock (_gate)
            (before, _last) = (_last, turn.Task);
        await before;
        try
        {
            return await work();
        }
        finally
        {
            turn.SetResult(true);
        }
    }
}
