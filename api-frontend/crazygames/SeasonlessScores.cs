using System.Text;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>
/// Judges the scores of a board that has no open season. Each is refused, with the first reason that applies: the register and the
/// board's limits come before the season.
/// </summary>
internal sealed class SeasonlessScores(IGrainPort port)
{
    /// <summary>One status for each score.</summary>
    /// <param name="board">The board's record.</param>
    /// <param name="batch">The scores.</param>
    public async Task<ScoreStatus[]> JudgeAsync(LeaderboardRecord board, ScoreBatch batch)
    {
        var users = Enumerable.Range(0, batch.Count).Select(index => Encoding.UTF8.GetString(batch.IdOf(index))).ToArray();
        var submission = board.Config.Submission;
        var facts = await AskAsync(board.TenantId, submission.Registry == "strict", users);
        return [.. users.Select((user, index) => facts is null ? ScoreStatus.InternalServerError : Judge(facts[user], batch.Scores[index]))];

        ScoreStatus Judge(SubjectFacts subject, double score) =>
            submission.Registry == "strict" && !subject.Registered ? ScoreStatus.UserNotFound
            : subject.Hidden ? ScoreStatus.PrivacyDisabled
            : score < submission.MinScore || score > submission.MaxScore ? ScoreStatus.Validation
            : ScoreStatus.NoActiveSeason;
    }

    /// <summary>What the register says of each user; null when it does not answer.</summary>
    private async Task<Dictionary<string, SubjectFacts>?> AskAsync(string tenant, bool strict, string[] users)
    {
        var answers = await Task.WhenAll(users.Distinct().GroupBy(user => PlayersKey.Of(tenant, user)).Select(part => port.CallAsync(
            part.Key.ToString(),
            static (IPlayers players, ResolveSubjects request) => players.ResolveAsync(request),
            new ResolveSubjects(Season: null, strict, [.. part]))));
        return answers.Any(answer => answer.Status != OutcomeStatus.Ok)
            ? null
            : answers.SelectMany(answer => answer.Subjects!).ToDictionary(subject => subject.UserId);
    }
}
