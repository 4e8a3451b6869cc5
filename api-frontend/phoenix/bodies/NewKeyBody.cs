using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>An API key just made. Its secrets are shown here and never again.</summary>
internal sealed record NewKeyBody : KeyBody
{
    public NewKeyBody(ApiKeyRecord record, string apiKey, string? clientSecret)
        : base(record)
    {
        ApiKey = apiKey;
        ClientSecret = clientSecret;
    }

    /// <summary>The key's whole text.</summary>
    public string ApiKey { get; }

    /// <summary>Of client keys, beside the client id.</summary>
    public string? ClientSecret { get; }
}
