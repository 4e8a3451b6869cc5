namespace Laurel.ApiFrontend.Rankora;

/// <summary>Players of this dialect are UUIDs, kept in lower case with hyphens.</summary>
internal static class PlayerIds
{
    /// <summary>The canonical form; null when the text is no UUID.</summary>
    public static string? Parse(string? text) => Guid.TryParseExact(text, "D", out var id) ? id.ToString() : null;

    /// <summary>A new player's id.</summary>
    public static string Make() => Guid.NewGuid().ToString();
}
