using System.Security.Cryptography;
using System.Text;

namespace Laurel.ApiFrontend;

/// <summary>
/// The text of an API key, <c>lrl_&lt;kind&gt;_&lt;id&gt;_&lt;secret&gt;</c>: id and secret are letters and digits, the id 16 to 64 of
/// them and public, the secret 32 to 128. Anything else is no key.
/// </summary>
public static class ApiKeyText
{
    /// <summary>The longest text that may be a key, in characters; of a configured admin key too.</summary>
    public const int MaxLength = 512;

    private const string Prefix = "lrl_";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int NewIdLength = 20;
    private const int NewSecretLength = 43;

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create(Base62);

    /// <summary>Makes a key from the system's random source; the secret carries 256 bits.</summary>
    /// <param name="kind">One kind.</param>
    public static NewApiKey Generate(KeyKinds kind)
    {
        var id = RandomNumberGenerator.GetString(Base62, NewIdLength);
        var text = $"{Prefix}{KeyKindNames.NameOf(kind)}_{id}_{RandomNumberGenerator.GetString(Base62, NewSecretLength)}";
        return new NewApiKey(id, text, Hash(text));
    }

    /// <summary>SHA-256 of the text in UTF-8.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The same into 32 bytes, allocating nothing.</summary>
    internal static void Hash(string text, Span<byte> hash)
    {
        Span<byte> utf8 = stackalloc byte[3 * MaxLength];
        var length = Encoding.UTF8.GetBytes(text, utf8);
        SHA256.HashData(utf8[..length], hash);
        CryptographicOperations.ZeroMemory(utf8[..length]);
    }

    /// <summary>Whether the text begins as keys do; a configured admin key must not.</summary>
    public static bool HasPrefix(string text) => text.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Takes a key's text apart.</summary>
    /// <param name="text">What a caller presented.</param>
    /// <param name="kind">The kind it claims.</param>
    /// <param name="id">The key's id.</param>
    internal static bool TryParse(ReadOnlySpan<char> text, out KeyKinds kind, out ReadOnlySpan<char> id)
    {
        kind = KeyKinds.None;
        id = default;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        var rest = text[Prefix.Length..];
        var kindEnd = rest.IndexOf('_');
        if (kindEnd < 0 || (kind = KeyKindNames.Parse(rest[..kindEnd])) == KeyKinds.None)
            return false;

        rest = rest[(kindEnd + 1)..];
        var idEnd = rest.IndexOf('_');
        if (idEnd is < 16 or > 64)
            return false;

        var secret = rest[(idEnd + 1)..];
        id = rest[..idEnd];
        return secret.Length is >= 32 and <= 128 && !id.ContainsAnyExcept(Allowed) && !secret.ContainsAnyExcept(Allowed);
    }
}

/// <summary>A key just made. The text is shown once and kept nowhere.</summary>
/// <param name="KeyId">Public.</param>
/// <param name="Text">Secret.</param>
/// <param name="Hash">SHA-256 of the text: what is stored.</param>
public sealed record NewApiKey(string KeyId, string Text, byte[] Hash)
{
    /// <summary>The id alone: a key must not get into a log by accident.</summary>
    public override string ToString() => KeyId;
}
