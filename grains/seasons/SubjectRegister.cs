using System.Text;
using Laurel.GrainInterfaces;
using Laurel.Storage;

namespace Laurel.Grains;

/// <summary>
/// Asks the players register about subjects that a season does not know yet. A change of the register that arrives while an answer is
/// under way makes the answer stale: then it asks again.
/// </summary>
internal sealed class SubjectRegister(ActivationContext context, SeasonState state)
{
    private readonly string _tenant = SeasonKey.Parse(context.Key).Leaderboard.Tenant;
    private readonly List<HashSet<string>> _changedMeanwhile = []; // One set for each question under way.

    /// <summary>What a season keeps of such facts.</summary>
    public static SubjectFlags ToFlags(SubjectFacts facts) =>
        (facts.Registered ? SubjectFlags.Registered : 0) | (facts.Hidden ? SubjectFlags.Hidden : 0);

    /// <summary>To be called for each change of the register that arrives.</summary>
    public void NoteChange(string userId)
    {
        foreach (var changed in _changedMeanwhile)
            changed.Add(userId);
    }

    /// <summary>Finds the subjects of a batch, and asks about those the season does not know.</summary>
    /// <param name="batch">The batch; its group of changes has not begun.</param>
    /// <param name="slots">Takes a slot per score; −1 where the season does not know the subject.</param>
    /// <param name="strict">Whether only registered players may stand here.</param>
    /// <returns>Facts about each subject without a slot, as they are now: the caller can apply at once. Null when the register does not answer.</returns>
    public async Task<Newcomers?> FindAsync(ScoreBatch batch, int[] slots, bool strict)
    {
        state.Find(batch.Ids, batch.IdEnds, slots);
        if (slots.AsSpan().IndexOfAnyInRange(int.MinValue, -1) < 0)
            return Newcomers.None;

        var newcomers = new Newcomers();
        while (true)
        {
            var unknown = UnknownOf(batch, slots, newcomers);
            if (unknown.Count == 0)
                return newcomers;
            if (!await AskAsync(unknown, strict, newcomers))
                return null;
            state.Find(batch.Ids, batch.IdEnds, slots);
        }
    }

    private static HashSet<string> UnknownOf(ScoreBatch batch, int[] slots, Newcomers newcomers)
    {
        HashSet<string> unknown = [];
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] < 0 && Encoding.UTF8.GetString(batch.IdOf(i)) is var userId && !newcomers.Knows(userId))
                unknown.Add(userId);
        }

        return unknown;
    }

    private async Task<bool> AskAsync(HashSet<string> unknown, bool strict, Newcomers newcomers)
    {
        HashSet<string> changed = [];
        _changedMeanwhile.Add(changed);
        try
        {
            var parts = unknown.GroupBy(userId => PlayersKey.Of(_tenant, userId));
            var answers = await Task.WhenAll(parts.Select(part => context.Grains.CallAsync(
                part.Key.ToString(),
                static (IPlayers players, ResolveSubjects request) => players.ResolveAsync(request),
                new ResolveSubjects(context.Key, strict, [.. part]))));

            foreach (var answer in answers)
            {
                if (answer.Status != OutcomeStatus.Ok)
                    return false;
                foreach (var facts in answer.Subjects!)
                    newcomers.Add(facts);
            }

            newcomers.Forget(changed);
            return true;
        }
        finally
        {
            _changedMeanwhile.Remove(changed);
        }
    }
}

/// <summary>What the register said of subjects new to a season.</summary>
internal sealed class Newcomers
{
    /// <summary>Nobody is new.</summary>
    public static readonly Newcomers None = new();

    private readonly Dictionary<string, SubjectFacts> _facts = [];

    public bool Knows(string userId) => _facts.ContainsKey(userId);

    public SubjectFacts? Of(string userId) => _facts.GetValueOrDefault(userId);

    public void Add(SubjectFacts facts) => _facts[facts.UserId] = facts;

    public void Forget(IEnumerable<string> userIds)
    {
        foreach (var userId in userIds)
            _facts.Remove(userId);
    }
}
