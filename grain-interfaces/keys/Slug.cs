namespace Laurel.GrainInterfaces;

/// <summary>The form of tenant, leaderboard and season ids: <c>[A-Za-z0-9_-]{1,64}</c>.</summary>
public static class Slug
{
    /// <summary>The longest id, in characters.</summary>
    public const int MaxLength = 64;

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary>Whether the text is such an id.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(Allowed);

    internal static string Require(string text, string name) =>
        IsValid(text) ? text : throw new ArgumentException($"'{text}' is not 1 to {MaxLength} letters, digits, hyphens and underscores.", name);
}
