using System.Security.Cryptography;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>Ids of this dialect: texts of digits, too long for a number, and not to be guessed (80 bits).</summary>
internal static class DigitIds
{
    private const int NewLength = 24;
    private const int Longest = 64;

    /// <summary>A new id. It begins with no zero, for clients that take it for a number after all.</summary>
    public static string Make() => RandomNumberGenerator.GetString("123456789", 1) + RandomNumberGenerator.GetString("0123456789", NewLength - 1);

    /// <summary>Whether the text can be one.</summary>
    public static bool IsValid(string? id) => id is { Length: > 0 and <= Longest } && id.All(char.IsAsciiDigit);
}
