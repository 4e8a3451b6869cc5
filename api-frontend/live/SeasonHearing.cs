using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Live;

/// <summary>What is heard of one season: how far it is, and what its entries were before they changed. Bounded; may be written from any thread.</summary>
internal sealed class SeasonHearing(string season, Bell bell) : IAsyncDisposable
{
    /// <summary>So many former entries are kept until they are used; beyond them entries appear without a past.</summary>
    private const int MostFormer = 8192;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FormerEntry> _former = new(StringComparer.Ordinal);
    private IAsyncDisposable? _subscription;
    private long _epoch;
    private long _sequence;
    private (long Epoch, long Sequence) _heard;
    private bool _termsChanged;
    private bool _isSealed;

    /// <summary>The season's key.</summary>
    public string Season => season;

    /// <summary>The highest epoch, and the highest position in it.</summary>
    public (long Epoch, long Sequence) Head
    {
        get
        {
            lock (_gate)
                return (_epoch, _sequence);
        }
    }

    /// <summary>Whether its final standings are written.</summary>
    public bool IsSealed => Volatile.Read(ref _isSealed);

    /// <summary>Begins to hear.</summary>
    public static async Task<SeasonHearing> StartAsync(IFeed feed, string season, Bell bell)
    {
        var hearing = new SeasonHearing(season, bell);
        hearing._subscription = await feed.SubscribeAsync(season, hearing.Hear);
        return hearing;
    }

    /// <summary>Takes over where the season says it stands.</summary>
    public void Note(SeasonHead head)
    {
        lock (_gate)
            Advance(head.Epoch, head.Sequence);
    }

    /// <summary>Whether what changed up to there has been heard, with what it was before.</summary>
    public bool HasHeard(long epoch, long sequence)
    {
        lock (_gate)
            return _heard.CompareTo((epoch, sequence)) >= 0;
    }

    /// <summary>Whether the terms have changed since this was asked last.</summary>
    public bool TakeTermsChanged() => Interlocked.Exchange(ref _termsChanged, false);

    /// <summary>What entries were before the changes heard since the last call.</summary>
    public Dictionary<string, FormerEntry> TakeFormer()
    {
        lock (_gate)
        {
            Dictionary<string, FormerEntry> taken = new(_former, StringComparer.Ordinal);
            _former.Clear();
            return taken;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _subscription?.DisposeAsync() ?? default;

    private void Hear(SeasonNews news)
    {
        lock (_gate)
        {
            if (news.Epoch < _epoch)
                return;
            Advance(news.Epoch, news.Sequence);
            if (_heard.CompareTo((news.Epoch, news.Sequence)) < 0)
                _heard = (news.Epoch, news.Sequence);
            foreach (var former in news.Changes ?? [])
            {
                if (_former.Count < MostFormer)
                    _former.TryAdd(former.UserId, former);
            }
        }

        if (news.Kind == SeasonNewsKind.Terms)
            Volatile.Write(ref _termsChanged, true);
        if (news.Kind == SeasonNewsKind.Sealed)
            Volatile.Write(ref _isSealed, true);
        bell.Ring();
    }

    private void Advance(long epoch, long sequence)
    {
        if (epoch < _epoch)
            return;
        _sequence = epoch > _epoch ? sequence : Math.Max(_sequence, sequence);
        _epoch = epoch;
    }
}
