using Laurel.Storage;

namespace Laurel.Tests.Support;

/// <summary>Decides over each write, holds what is to be held, and hands the rest on in the order it came.</summary>
internal sealed class FaultInjector
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _held = new();
    private readonly List<Func<Task>> _late = [];
    private readonly List<Func<Task>> _tooLate = [];
    private bool _holding;
    private int _calls;

    public Func<StoreCall, Fault> Plan { get; set; } = _ => Fault.None;

    public volatile bool DiskGone;

    public TimeSpan AnswerDelay { get; set; }

    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _held.Count;
            }
        }
    }

    public void Hold()
    {
        lock (_lock)
        {
            _holding = true;
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _holding = false;
            while (_held.TryDequeue(out var start))
            {
                start();
            }
        }
    }

    public void ThrowIfDiskGone()
    {
        if (DiskGone)
        {
            throw new StorageUnavailableException("The disk is gone.");
        }
    }

    /// <summary>Runs a write under the plan.</summary>
    /// <param name="method">What is called.</param>
    /// <param name="journal">On which journal.</param>
    /// <param name="write">Calls the real store. When it may be called late, everything it needs must be its own.</param>
    /// <param name="outcome">What a write that the plan spoilt returns.</param>
    public Task<T> WriteAsync<T>(StoreMethod method, long? journal, Func<Task<T>> write, Func<WriteOutcome, T> outcome)
    {
        lock (_lock)
        {
            var call = new StoreCall(method, journal, _calls++);
            if (!_holding)
            {
                return ApplyAsync(call, write, outcome);
            }

            var held = new TaskCompletionSource<Task<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
            _held.Enqueue(() => held.SetResult(ApplyAsync(call, write, outcome)));
            return held.Task.Unwrap();
        }
    }

    /// <summary>Opens a journal: first what is late arrives, then the opening happens, then what is too late arrives.</summary>
    public async Task<JournalHead> OpenAsync(Func<Task<JournalHead>> open)
    {
        await Arrive(_late);
        var head = await WriteAsync(
            StoreMethod.Open,
            null,
            open,
            outcome => throw new StorageUnavailableException($"The plan made the opening end as {outcome}."));
        await Arrive(_tooLate);
        return head;
    }

    private async Task<T> ApplyAsync<T>(StoreCall call, Func<Task<T>> write, Func<WriteOutcome, T> outcome)
    {
        if (DiskGone)
        {
            return outcome(WriteOutcome.Failed);
        }

        switch (Plan(call))
        {
            case Fault.Failed:
                return await Answer(outcome(WriteOutcome.Failed));
            case Fault.Lost:
                return await Answer(outcome(WriteOutcome.Lost));
            case Fault.UnknownNotWritten:
                return await Answer(outcome(WriteOutcome.Unknown));
            case Fault.UnknownLate when call.Journal is not null:
                Defer(_late, write);
                return await Answer(outcome(WriteOutcome.Unknown));
            case Fault.UnknownTooLate when call.Journal is not null:
                Defer(_tooLate, write);
                return await Answer(outcome(WriteOutcome.Unknown));
            case Fault.UnknownWritten or Fault.UnknownLate or Fault.UnknownTooLate:
                await write();
                return await Answer(outcome(WriteOutcome.Unknown));
            default:
                return await Answer(await write());
        }
    }

    private async Task<T> Answer<T>(T answer)
    {
        if (AnswerDelay > TimeSpan.Zero)
        {
            await Task.Delay(AnswerDelay, TimeProvider.System);
        }

        return answer;
    }

    private void Defer<T>(List<Func<Task>> list, Func<Task<T>> write)
    {
        lock (_lock)
        {
            list.Add(write);
        }
    }

    private async Task Arrive(List<Func<Task>> list)
    {
        Func<Task>[] writes;
        lock (_lock)
        {
            writes = [.. list];
            list.Clear();
        }

        foreach (var write in writes)
        {
            await write();
        }
    }
}
