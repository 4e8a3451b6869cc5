namespace Laurel.Standalone;

/// <summary>
/// The calls that are not answered, in lists ordered by their deadline: all calls have the same time, so a list is ordered by being
/// appended to. Adding and removing take tens of nanoseconds and no memory; a timer per call would cost more than the call.
/// </summary>
internal sealed class PendingCalls
{
    private readonly TimeProvider _clock;
    private readonly long _timestampsPerCall;
    private readonly Stripe[] _stripes;

    /// <param name="clock">All time comes from here.</param>
    /// <param name="deadline">How long a call may stay.</param>
    public PendingCalls(TimeProvider clock, TimeSpan deadline)
    {
        _clock = clock;
        _timestampsPerCall = (long)(deadline.TotalSeconds * clock.TimestampFrequency);
        _stripes = new Stripe[Environment.ProcessorCount];
        foreach (ref var stripe in _stripes.AsSpan())
            stripe = new Stripe();
    }

    /// <summary>Gives a call its deadline and keeps it until it is removed.</summary>
    public void Add(Call call)
    {
        var stripe = _stripes[Thread.GetCurrentProcessorId() % _stripes.Length];
        call.Link.Stripe = stripe;
        call.Link.Deadline = _clock.GetTimestamp() + _timestampsPerCall;
        lock (stripe)
        {
            call.Link.Before = stripe.Last;
            if (stripe.Last is { } last)
                last.Link.After = call;
            else
                stripe.First = call;
            stripe.Last = call;
        }
    }

    /// <summary>Forgets a call. Once only.</summary>
    public void Remove(Call call)
    {
        ref var link = ref call.Link;
        var stripe = link.Stripe!;
        lock (stripe)
        {
            if (link.Before is { } before)
                before.Link.After = link.After;
            else
                stripe.First = link.After;
            if (link.After is { } after)
                after.Link.Before = link.Before;
            else
                stripe.Last = link.Before;
            link.Before = link.After = null;
        }
    }

    /// <summary>How long a call still has; zero when its deadline is past.</summary>
    public TimeSpan TimeLeft(Call call)
    {
        var now = _clock.GetTimestamp();
        return now >= call.Link.Deadline ? TimeSpan.Zero : _clock.GetElapsedTime(now, call.Link.Deadline);
    }

    /// <summary>The calls whose deadline is past.</summary>
    public List<Call> Expired() => List(_clock.GetTimestamp());

    /// <summary>All of them.</summary>
    public List<Call> All() => List(long.MaxValue);

    private List<Call> List(long until)
    {
        List<Call> calls = [];
        foreach (var stripe in _stripes)
        {
            lock (stripe)
            {
                for (var call = stripe.First; call is not null && call.Link.Deadline <= until; call = call.Link.After)
                    calls.Add(call);
            }
        }

        return calls;
    }

    /// <summary>A call's place in its list.</summary>
    internal struct Link
    {
        public Stripe? Stripe;
        public long Deadline;
        public Call? Before;
        public Call? After;
    }

    /// <summary>One list and its lock; threads of different processors rarely meet at one.</summary>
    internal sealed class Stripe
    {
        public Call? First;
        public Call? Last;
    }
}
