namespace Laurel.GrainInterfaces;

/// <summary>The secret that tokens are signed with, made once and kept in the store: all nodes accept each other's. Key: <see cref="Key"/>.</summary>
public interface ITokenKey : IGrain
{
    /// <summary>The key of the one there is.</summary>
    const string Key = "token-key";

    /// <summary>The secret, made when there is none.</summary>
    Task<TokenKeyOutcome> GetAsync(GetTokenKey request);
}

/// <summary>Asks for the secret.</summary>
public sealed record GetTokenKey;

/// <summary>The secret.</summary>
/// <param name="Secret">64 bytes.</param>
public sealed record TokenKeyOutcome(OutcomeStatus Status, byte[]? Secret = null) : IOutcome<TokenKeyOutcome>
{
    /// <inheritdoc/>
    public static TokenKeyOutcome Failed(OutcomeStatus status) => new(status);
}
