using System.Text;

namespace Laurel.Client;

/// <summary>A score that waits, and when it was sent first; null before.</summary>
internal sealed record QueuedScore(Score Score, DateTimeOffset? AttemptedAt)
{
    /// <summary>The queue's text: a score on each line.</summary>
    public static string Write(IReadOnlyList<QueuedScore> scores)
    {
        var text = new StringBuilder();
        foreach (var queued in scores)
        {
            ScoreText.Write(text, queued.Score, queued.AttemptedAt);
            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Reads it. A line that is none, which only others can have written, is passed over.</summary>
    public static List<QueuedScore> Read(string? text)
    {
        List<QueuedScore> scores = [];
        foreach (var line in (text ?? "").Split('\n'))
        {
            try
            {
                if (line.Length == 0)
                    continue;
                var json = LaurelJson.Parse(line);
                scores.Add(new(ScoreText.Read(json), json.Instant(ScoreText.AttemptedAt)));
            }
            catch (Exception exception) when (exception is FormatException or ArgumentException)
            {
                // Nobody can say what it was, and the others must not wait for it.
            }
        }

        return scores;
    }
}
