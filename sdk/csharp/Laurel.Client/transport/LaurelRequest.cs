namespace Laurel.Client;

/// <summary>One request. It carries its key in the header <see cref="KeyHeader"/>.</summary>
public sealed class LaurelRequest
{
    /// <summary>The header that carries the key.</summary>
    public const string KeyHeader = "X-API-Key";

    /// <summary>What a body is.</summary>
    public const string ContentType = "application/json";

    internal LaurelRequest(Uri url, string key, string? body, TimeSpan timeout) => (Url, Key, Body, Timeout) = (url, key, body, timeout);

    /// <summary>Where to.</summary>
    public Uri Url { get; }

    /// <summary>The key's text.</summary>
    public string Key { get; }

    /// <summary>JSON to be sent in UTF-8 by POST; null for GET.</summary>
    public string? Body { get; }

    /// <summary>How long the whole of it may take.</summary>
    public TimeSpan Timeout { get; }
}
