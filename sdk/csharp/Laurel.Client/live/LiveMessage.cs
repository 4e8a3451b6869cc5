namespace Laurel.Client;

/// <summary>What a connection brings at once.</summary>
public sealed class LiveMessage
{
    /// <summary>Nothing but a sign that the server is there.</summary>
    public static readonly LiveMessage Sign = new("", null);

    /// <param name="text">JSON; empty for a mere sign.</param>
    /// <param name="id">Names the place in the stream, to go on from there; null where there are none.</param>
    public LiveMessage(string text, string? id) => (Text, Id) = (text, id);

    /// <summary>JSON; empty for a mere sign that the server is there.</summary>
    public string Text { get; }

    /// <summary>Names the place in the stream, to go on from there; null where there are none.</summary>
    public string? Id { get; }
}
