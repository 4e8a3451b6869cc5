using System.Text.Json;

namespace Laurel.Journeys.Tests.Godot;

/// <summary>A board as it is known from the changes alone that a follower was told; each must go on from what was known.</summary>
internal sealed class Shadow
{
    private readonly Dictionary<string, (int Rank, double Score)> _rows = [];

    public double ScoreOf(string user) => _rows[user].Score;

    public void Take(JsonElement told)
    {
        foreach (var change in told.GetProperty("changes").EnumerateArray())
        {
            var user = change.GetProperty("user_id").GetString()!;
            if (_rows.TryGetValue(user, out var known))
                Assert.Equal(known, RowOf(change.GetProperty("before")));
            var now = change.GetProperty("now");
            if (now.ValueKind == JsonValueKind.Null)
                _rows.Remove(user);
            else
                _rows[user] = RowOf(now);
        }

        var rows = told.GetProperty("rows").EnumerateArray().Select(RowOf);
        Assert.Equal(rows, _rows.Values.OrderBy(row => row.Rank));
    }

    private static (int Rank, double Score) RowOf(JsonElement row) => (row.GetProperty("rank").GetInt32(), row.GetProperty("score").GetDouble());
}
