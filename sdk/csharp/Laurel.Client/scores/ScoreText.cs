using System.Globalization;
using System.Text;

namespace Laurel.Client;

/// <summary>Scores as the entries route takes them, which is also how the queue keeps them.</summary>
internal static class ScoreText
{
    public const string AttemptedAt = "attempted_at";

    /// <summary>Appends an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="score">The score.</param>
    /// <param name="attemptedAt">When it was sent first, for the queue; null for none.</param>
    public static void Write(StringBuilder json, Score score, DateTimeOffset? attemptedAt = null)
    {
        Text("{\"user_id\":", score.UserId);
        json.Append(",\"score\":").Append(score.Value.ToString("R", CultureInfo.InvariantCulture));
        if (score.AchievedAt is { } achievedAt)
            Text(",\"timestamp\":", InstantText(achievedAt));
        if (score.Name is { } name)
            Text(",\"name\":", name);
        score.Metadata?.WriteTo(json.Append(",\"metadata\":"));
        Text(",\"idempotency_key\":", score.IdempotencyKey);
        if (attemptedAt is { } attempted)
            Text(",\"" + AttemptedAt + "\":", InstantText(attempted));
        json.Append('}');

        void Text(string name, string text) => JsonText.Write(json.Append(name), text);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    /// <exception cref="ArgumentException">Likewise.</exception>
    public static Score Read(LaurelJson json) => new(json.RequiredText("user_id"), json.RequiredNumber("score"))
    {
        AchievedAt = json.Instant("timestamp"),
        Name = json.Text("name"),
        Metadata = json.Object("metadata"),
        IdempotencyKey = json.RequiredText("idempotency_key"),
    };

    private static string InstantText(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
