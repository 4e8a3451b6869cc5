namespace Laurel.Standalone.Commands;

/// <summary>Which dialect a key speaks.</summary>
internal static class ImportKey
{
    /// <summary>The environment variable that holds the key when the command line does not.</summary>
    public const string Variable = "LAUREL_KEY";

    /// <summary>Whether it is a game key, and why it cannot import; null when it can.</summary>
    /// <param name="key">Its text. A text that is no key of Laurel's form may be the operator's own admin key.</param>
    /// <param name="isGame">Whether it goes to the CrazyGames dialect.</param>
    public static string? FindMistake(string? key, out bool isGame)
    {
        isGame = false;
        if (string.IsNullOrWhiteSpace(key))
            return $"A key is needed: --key KEY, or the environment variable {Variable}.";
        if (!key.StartsWith("lrl_", StringComparison.Ordinal))
            return key.Any(static character => character is <= ' ' or > '~') ? "The key has characters that no key has." : null;

        var kind = key.Split('_')[1];
        isGame = kind == "game";
        return kind is "game" or "tenant" or "admin"
            ? null
            : $"This is a key of kind '{kind}', which may not import. A tenant key with the scope scores:write may, and a game key.";
    }
}
