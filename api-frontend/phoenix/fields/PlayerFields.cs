using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Reads players. A field left out stays as it is; <c>null</c> clears it.</summary>
internal static class PlayerFields
{
    public const string Public = "public";
    public const string Hidden = "hidden";

    /// <summary>The longest name, in UTF-16 characters.</summary>
    public const int LongestName = 128;

    private static readonly string[] Privacies = [Public, Hidden];

    /// <summary>The body of a PUT, whose player the path names.</summary>
    public static PlayerPut Read(ObjectReader body, string userId)
    {
        var player = new PlayerPut(userId, ReadName(body), ReadHidden(body), ReadCountry(body));
        body.RefuseOthers();
        return player;
    }

    /// <summary>A line of a bulk request, which names its player; null after a mistake.</summary>
    public static PlayerPut? ReadLine(ObjectReader line)
    {
        var userId = line.RequiredUserId("user_id");
        var player = Read(line, userId ?? "");
        return line.Mistakes.Count == 0 ? player : null;
    }

    private static string? ReadName(ObjectReader body) => body.IsNull("name") ? "" : body.Text("name", LongestName);

    private static bool? ReadHidden(ObjectReader body) =>
        body.OneOf("privacy", Privacies) is { } privacy ? privacy == Hidden : null;

    private static string? ReadCountry(ObjectReader body)
    {
        if (body.IsNull("country"))
            return "";
        if (body.Text("country", int.MaxValue) is not { } country)
            return null;
        if (country.Length is 0 || country.Length is 2 && country.All(char.IsAsciiLetter))
            return country.ToUpperInvariant();
        body.Add("country", "country must be two letters, as ISO 3166-1 alpha-2 has them, such as DE");
        return null;
    }
}
