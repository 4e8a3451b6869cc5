using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>Reads what this family's requests say. Each returns null, and what is wrong, for what breaks a rule.</summary>
internal static class TeamForms
{
    /// <summary>The most teams of a board.</summary>
    public const int MostTeams = 1000;

    private const int LongestName = 128;

    /// <summary><c>{"teamName": …}</c> or <c>{"team": {"teamName": …}}</c></summary>
    /// <param name="mayBeFlat">Whether the first form will do.</param>
    public static string? ReadTeamName(JsonElement body, bool mayBeFlat, out string mistake)
    {
        mistake = $"teamName must be a string of 1 to {LongestName} characters";
        if (body.ValueKind != JsonValueKind.Object)
            return null;
        if (body.TryGetProperty("team", out var team))
            return team.ValueKind == JsonValueKind.Object ? NameIn(team) : null;
        if (!mayBeFlat)
            mistake = "team must be an object";
        return mayBeFlat ? NameIn(body) : null;
    }

    /// <summary><c>{"name"?: …, "teams": [id, {"id": …}, {"teamName": …}]}</c></summary>
    public static BoardForm? ReadBoard(JsonElement body, out string mistake)
    {
        mistake = "teams must be an array";
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("teams", out var teams) || teams.ValueKind != JsonValueKind.Array)
            return null;
        string? name = null;
        if (body.TryGetProperty("name", out var named) && named.ValueKind != JsonValueKind.Null && (name = Name(named)) is null)
        {
            mistake = $"name must be a string of 1 to {LongestName} characters";
            return null;
        }

        mistake = $"teams must be at most {MostTeams} ids, objects with an id, or objects with a teamName";
        if (teams.GetArrayLength() > MostTeams)
            return null;
        List<BoardTeam> members = [];
        foreach (var team in teams.EnumerateArray())
        {
            var id = team.ValueKind == JsonValueKind.Object && team.TryGetProperty("id", out var given) ? given : team;
            if (id.ValueKind == JsonValueKind.String && DigitIds.IsValid(id.GetString()))
                members.Add(new BoardTeam(id.GetString(), null));
            else if (id.ValueKind == JsonValueKind.String)
                members.Add(new BoardTeam("", null));
            else if (team.ValueKind == JsonValueKind.Object && NameIn(team) is { } made)
                members.Add(new BoardTeam(null, made));
            else
                return null;
        }

        return new BoardForm(name, members);
    }

    /// <summary><c>{"scores": [{"teamId": …, "add"|"subtract"|"set": …}]}</c></summary>
    public static List<ScoreAdjustment>? ReadScores(JsonElement body, out string mistake)
    {
        mistake = $"scores must be an array of 1 to {MostTeams} objects";
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("scores", out var scores) || scores.ValueKind != JsonValueKind.Array
            || scores.GetArrayLength() is 0 or > MostTeams)
        {
            return null;
        }

        List<ScoreAdjustment> adjustments = [];
        foreach (var score in scores.EnumerateArray())
        {
            mistake = "each score must have a teamId and one finite number as add, subtract or set";
            if (score.ValueKind != JsonValueKind.Object || !score.TryGetProperty("teamId", out var id) || id.ValueKind != JsonValueKind.String
                || id.GetString() is not { Length: > 0 and <= UserId.MaxLength } teamId || ReadChange(score) is not var (kind, amount))
            {
                return null;
            }

            adjustments.Add(new ScoreAdjustment(teamId, kind, amount));
        }

        return adjustments;
    }

    private static (AdjustmentKind Kind, double Amount)? ReadChange(JsonElement score)
    {
        (AdjustmentKind, double)? change = null;
        foreach (var (name, kind) in ((string, AdjustmentKind)[])[("add", AdjustmentKind.Add), ("subtract", AdjustmentKind.Subtract), ("set", AdjustmentKind.Set)])
        {
            if (!score.TryGetProperty(name, out var value))
                continue;
            if (change is not null || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var amount) || !double.IsFinite(amount))
                return null;
            change = (kind, amount);
        }

        return change;
    }

    private static string? NameIn(JsonElement team) => team.TryGetProperty("teamName", out var name) ? Name(name) : null;

    private static string? Name(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl) ? name : null;
}

/// <summary>A leaderboard to be made.</summary>
/// <param name="Name">Null for none given.</param>
internal sealed record BoardForm(string? Name, IReadOnlyList<BoardTeam> Teams);

/// <summary>A team of it: one there is, or one to be made.</summary>
/// <param name="Id">Empty when no team can have the id given.</param>
internal readonly record struct BoardTeam(string? Id, string? NewName);
