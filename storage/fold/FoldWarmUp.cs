using System.Globalization;
using System.Text;
using Laurel.Ranking;

namespace Laurel.Storage;

/// <summary>
/// Loads a small season made up for it, so that the code is compiled before the first one is asked for: compiling it takes longer than
/// folding a hundred thousand entries.
/// </summary>
public static class FoldWarmUp
{
    private const int Subjects = 100;

    /// <summary>Runs it; takes a fraction of a second in a young process.</summary>
    public static void Run()
    {
        var rules = new SeasonRules(Direction.Descending, Aggregation.Last, LeastListed: null);
        var season = new SeasonState(rules);
        for (var i = 0; i < Subjects; i++)
        {
            var slot = season.Add(Encoding.UTF8.GetBytes(i.ToString(CultureInfo.InvariantCulture)));
            season.KeepValue(slot, new EntryValue(Score: i, AchievedAt: i, Total: i, Samples: 1));
        }

        season.ListAll();
        var snapshot = new SeasonSnapshot(season, startSequence: 0);
        var loader = new SeasonLoader(new SeasonState(rules));
        while (snapshot.NextSlice(Subjects) is { IsEmpty: false } slice)
            loader.Add(slice.Span);
        loader.Finish(sequence: 0);
    }
}
