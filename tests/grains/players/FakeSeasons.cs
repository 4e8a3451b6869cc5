using System.Collections.Concurrent;
using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests;

/// <summary>
/// Seasons that keep nothing but what the register told them of their subjects, and keep it outside of their activations, as a journal
/// would. They ask and listen by the same rules as the real ones.
/// </summary>
internal sealed class FakeSeasons
{
    private readonly ConcurrentDictionary<string, Subjects> _seasons = new();

    /// <summary>Seasons that do not answer.</summary>
    public ConcurrentDictionary<string, bool> Unreachable { get; } = new();

    /// <summary>How often a season was told something.</summary>
    public ConcurrentDictionary<string, int> Calls { get; } = new();

    /// <summary>Awaited by a season after the register answered it and before it takes the answer over.</summary>
    public Func<Task> BeforeTakingOver { get; set; } = () => Task.CompletedTask;

    /// <summary>The real grains but for these seasons.</summary>
    public IReadOnlyDictionary<Type, Func<ActivationContext, IActivation>> Factories => new Dictionary<Type, Func<ActivationContext, IActivation>>(Standalone.GrainFactories.All)
    {
        [typeof(ISeason)] = context => new Season(this, context),
    };

    /// <summary>What a season knows of a subject; null when it does not know it.</summary>
    public SubjectFacts? Find(string season, string userId) => Of(season).Find(userId);

    /// <summary>All that a season knows.</summary>
    public SubjectFacts[] All(string season) => Of(season).All();

    private Subjects Of(string season) => _seasons.GetOrAdd(season, _ => new());

    /// <summary>A season's memory. A question is stale for a subject whose change arrived since it was asked.</summary>
    private sealed class Subjects
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, SubjectFacts> _known = [];
        private readonly Dictionary<string, int> _changes = [];

        public SubjectFacts? Find(string userId)
        {
            lock (_lock)
                return _known.GetValueOrDefault(userId);
        }

        public SubjectFacts[] All()
        {
            lock (_lock)
                return [.. _known.Values];
        }

        public int ChangesOf(string userId)
        {
            lock (_lock)
                return _changes.GetValueOrDefault(userId);
        }

        public bool TryIntroduce(SubjectFacts facts, int changes)
        {
            lock (_lock)
            {
                if (_changes.GetValueOrDefault(facts.UserId) != changes)
                    return false;
                _known.TryAdd(facts.UserId, facts);
                return true;
            }
        }

        public void Apply(PlayerChange change)
        {
            lock (_lock)
            {
                var userId = change.Facts.UserId;
                _changes[userId] = _changes.GetValueOrDefault(userId) + 1;
                if (!_known.TryGetValue(userId, out var known) || known.Version >= change.Facts.Version)
                    return;
                if (change.Erased)
                    _known.Remove(userId);
                else
                    _known[userId] = change.Facts;
            }
        }
    }

    private sealed class Season(FakeSeasons seasons, ActivationContext context) : ISeason, IActivation
    {
        private readonly Subjects _subjects = seasons.Of(context.Key);
        private readonly string _tenant = SeasonKey.Parse(context.Key).Leaderboard.Tenant;

        public Task LoadAsync() => Task.CompletedTask;

        public Task UnloadAsync() => Task.CompletedTask;

        /// <summary>Lets the batch's subjects stand here. Boards whose name begins with <c>strict</c> have a strict register.</summary>
        public async Task<ScoreOutcomes> SubmitAsync(ScoreBatch request)
        {
            for (var i = 0; i < request.Count; i++)
            {
                if (!await IntroduceAsync(Encoding.UTF8.GetString(request.IdOf(i))))
                    return ScoreOutcomes.Failed(OutcomeStatus.Unavailable);
            }

            return new() { Status = OutcomeStatus.Ok };
        }

        public Task<Acknowledgement> ApplyPlayerChangesAsync(PlayerChanges request)
        {
            seasons.Calls.AddOrUpdate(context.Key, 1, static (_, calls) => calls + 1);
            if (seasons.Unreachable.ContainsKey(context.Key))
                return Task.FromResult(Acknowledgement.Failed(OutcomeStatus.Unavailable));
            foreach (var change in request.Changes)
                _subjects.Apply(change);
            return Task.FromResult(Acknowledgement.Ok);
        }

        public Task<EntryPage> ReadPageAsync(ReadPage request) => throw new NotSupportedException();

        public Task<EntryOutcome> ReadEntryAsync(ReadEntry request) => throw new NotSupportedException();

        public Task<EntryOutcome> RemoveEntryAsync(RemoveEntry request) => throw new NotSupportedException();

        public Task<EventsScored> ScoreEventsAsync(EventDelivery request) => throw new NotSupportedException();

        public Task<SeasonSealed> SealAsync(SealSeason request) => throw new NotSupportedException();

        public Task<Acknowledgement> ObeyAsync(SeasonOrders request) => throw new NotSupportedException();

        public Task<AdjustmentsOutcome> AdjustAsync(AdjustScores request) => throw new NotSupportedException();

        public Task<SeasonHead> WatchAsync(WatchSeason request) => throw new NotSupportedException();

        public Task<WindowsOutcome> ReadWindowsAsync(ReadWindows request) => throw new NotSupportedException();

        private async Task<bool> IntroduceAsync(string userId)
        {
            var strict = SeasonKey.Parse(context.Key).Leaderboard.Board.StartsWith("strict", StringComparison.Ordinal);
            while (_subjects.Find(userId) is null)
            {
                var changes = _subjects.ChangesOf(userId);
                var answer = await context.Grains.CallAsync(
                    PlayersKey.Of(_tenant, userId).ToString(),
                    static (IPlayers players, ResolveSubjects request) => players.ResolveAsync(request),
                    new ResolveSubjects(context.Key, strict, [userId]));
                if (answer.Status != OutcomeStatus.Ok)
                    return false;
                await seasons.BeforeTakingOver();
                if (strict && !answer.Subjects![0].Registered)
                    return true;
                if (_subjects.TryIntroduce(answer.Subjects![0], changes))
                    return true;
            }

            return true;
        }
    }
}
