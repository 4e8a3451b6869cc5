namespace Laurel.ApiFrontend;

/// <summary>
/// What a connection presented last as its bearer: the same header again is neither cut nor hashed again. A feature of the connection,
/// and gone with it.
/// </summary>
/// <remarks>
/// The server hands out one and the same string while a connection repeats a header, so the header is known by its reference alone:
/// nothing of a secret is compared, and nothing is kept that the server does not keep itself. Whether the key is good is asked each time.
/// </remarks>
internal sealed class BearerMemory
{
    // Requests of one connection may run side by side: each sees a whole entry, its own or another's.
    private volatile Entry? _last;

    /// <summary>The token in a header; null when the header is another than last time.</summary>
    public string? TokenIn(string header) => _last is { } last && ReferenceEquals(last.Header, header) ? last.Token : null;

    /// <summary>Keeps a header's token.</summary>
    public void Keep(string header, string token) => _last = new Entry(header, token);

    /// <summary>The token's SHA-256, as <see cref="ApiKeyText.Hash(string)"/> makes it.</summary>
    /// <param name="token">Any.</param>
    /// <param name="hash">32 bytes.</param>
    public void Hash(string token, Span<byte> hash)
    {
        if (_last is not { } last || !ReferenceEquals(last.Token, token))
        {
            ApiKeyText.Hash(token, hash);
            return;
        }

        (last.Hash ??= ApiKeyText.Hash(token)).CopyTo(hash);
    }

    private sealed class Entry(string header, string token)
    {
        public string Header => header;

        public string Token => token;

        public byte[]? Hash { get; set; }
    }
}
