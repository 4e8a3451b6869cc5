using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// Puts any number of players into a tenant's register, holding at most <see cref="BatchSize"/> of each part and
/// <see cref="Parallelism"/> batches under way. The batches of one part follow one another, so that the last line about a player wins.
/// Once a batch fails, nothing more is sent.
/// </summary>
internal sealed class PlayerImport(IGrainPort port, string tenant)
{
    /// <summary>The most players a part of the register takes at once.</summary>
    public const int BatchSize = 1000;

    /// <summary>How many batches are under way at the most.</summary>
    public const int Parallelism = 4;

    private readonly SemaphoreSlim _slots = new(Parallelism);
    private readonly List<PlayerPut>[] _waiting = [.. Enumerable.Range(0, PlayersKey.Partitions).Select(_ => new List<PlayerPut>())];
    private readonly Task[] _underWay = [.. Enumerable.Repeat(Task.CompletedTask, PlayersKey.Partitions)];
    private long _accepted;
    private volatile bool _failed;

    /// <summary>Players that are durable.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>Whether a batch failed: what it held may be durable or not.</summary>
    public bool Failed => _failed;

    /// <summary>Takes one more player; waits while too many are under way.</summary>
    public Task AddAsync(PlayerPut player)
    {
        var part = PlayersKey.Of(tenant, player.UserId).Partition;
        _waiting[part].Add(player);
        return _waiting[part].Count < BatchSize ? Task.CompletedTask : SendAsync(part);
    }

    /// <summary>Sends what waits and returns when all of it is answered.</summary>
    public async Task CompleteAsync()
    {
        for (var part = 0; part < _waiting.Length; part++)
        {
            if (_waiting[part].Count > 0)
                await SendAsync(part);
        }

        await Task.WhenAll(_underWay);
    }

    private async Task SendAsync(int part)
    {
        await _underWay[part];
        await _slots.WaitAsync();
        var players = _waiting[part];
        _waiting[part] = [];
        _underWay[part] = PutAsync(new PlayersKey(tenant, part), new PutPlayers(players));
    }

    private async Task PutAsync(PlayersKey part, PutPlayers players)
    {
        try
        {
            if (_failed)
                return;
            var outcome = await port.PutPlayersAsync(part, players);
            if (outcome.Status == OutcomeStatus.Ok)
                Interlocked.Add(ref _accepted, players.Players.Count);
            else
                _failed = true;
        }
        finally
        {
            _slots.Release();
        }
    }
}
