using System.Globalization;
using System.Text;

namespace Laurel.Journeys.Tests.Commands;

/// <summary>Random scores and what they add up to, computed apart from the product.</summary>
internal sealed class Sums
{
    private readonly Dictionary<string, double> _sums = [];
    private readonly StringBuilder _csv = new("user_id,score\n");

    /// <param name="lines">How many scores.</param>
    /// <param name="users">Of how many users, about.</param>
    /// <param name="random">Where they come from.</param>
    public Sums(int lines, int users, Random random)
    {
        for (var i = 0; i < lines; i++)
        {
            var user = $"user {random.Next(users)}";
            var score = random.Next(1, 100);
            _sums[user] = _sums.GetValueOrDefault(user) + score;
            _csv.Append(CultureInfo.InvariantCulture, $"{user},{score}\n");
        }
    }

    /// <summary>The scores as a CSV file.</summary>
    public string Csv => _csv.ToString();

    /// <summary>Each user's sum.</summary>
    public IReadOnlyDictionary<string, double> Totals => _sums;

    /// <summary>Fails unless the standings are these sums, in order.</summary>
    public void Check(List<(string User, double Score)> standings)
    {
        Assert.Equal(_sums, standings.ToDictionary(static entry => entry.User, static entry => entry.Score));
        Assert.Equal(standings.Select(static entry => entry.Score).OrderDescending(), standings.Select(static entry => entry.Score));
    }
}
