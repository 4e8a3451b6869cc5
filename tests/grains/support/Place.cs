namespace Laurel.Grains.Tests.Support;

/// <summary>Where one grain is: its newest activation, and the older ones that are still called for a while.</summary>
internal sealed class Place((Type Kind, string Key) address)
{
    private readonly Lock _lock = new();
    private readonly List<MortalActivation> _old = [];
    private MortalActivation? _newest;
    private int _calls;

    public (Type Kind, string Key) Address { get; } = address;

    /// <summary>Numbers the calls, from 1.</summary>
    public int NextCall() => Interlocked.Increment(ref _calls);

    /// <summary>The activation for a delivery: the newest, made when there is none, or an older one that has calls left.</summary>
    public MortalActivation Choose(bool prefersOld, Func<MortalActivation> make)
    {
        lock (_lock)
        {
            if (prefersOld && _old.Count > 0)
            {
                var old = _old[0];
                if (--old.CallsLeft <= 0) _old.RemoveAt(0);
                if (!old.Turns.Killed.IsCompleted) return old;
                _old.Remove(old);
            }

            if (_newest is null || _newest.Turns.Killed.IsCompleted) _newest = make();
            return _newest;
        }
    }

    /// <summary>Makes the newest an older one.</summary>
    public void Retire(int callsLeft)
    {
        lock (_lock)
        {
            if (_newest is null) return;
            _newest.CallsLeft = callsLeft;
            _old.Add(_newest);
            _newest = null;
        }
    }

    /// <summary>Takes out an activation that is gone.</summary>
    public void Forget(MortalActivation activation)
    {
        lock (_lock)
        {
            _old.Remove(activation);
            if (ReferenceEquals(_newest, activation)) _newest = null;
        }
    }

    public void KillAll()
    {
        foreach (var activation in TakeAll())
            activation.Turns.Kill();
    }

    public async Task UnloadAllAsync()
    {
        foreach (var activation in TakeAll())
        {
            activation.Close();
            await activation.Gone;
        }
    }

    private List<MortalActivation> TakeAll()
    {
        lock (_lock)
        {
            List<MortalActivation> all = [.. _old];
            if (_newest is not null) all.Add(_newest);
            _old.Clear();
            _newest = null;
            return all;
        }
    }
}
