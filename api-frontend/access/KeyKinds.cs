using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>What a key is for: one kind, or the kinds a route takes.</summary>
[Flags]
public enum KeyKinds
{
    /// <summary>No key.</summary>
    None = 0,

    /// <summary>Operators: everything in every tenant.</summary>
    Admin = 1,

    /// <summary>A studio's backend: its scopes in its tenant.</summary>
    Tenant = 2,

    /// <summary>The CrazyGames dialect: submits to its board.</summary>
    Game = 4,

    /// <summary>The Rankora dialect: reads, writes and deletes on its board.</summary>
    Board = 8,

    /// <summary>The LeaderboardAPI dialect: gets tokens.</summary>
    Client = 16,

    /// <summary>Browsers: reads its board. Safe to publish.</summary>
    Embed = 32,
}

/// <summary>The kinds' names and defaults.</summary>
public static class KeyKindNames
{
    private static readonly RateLimitTerms GameTerms = new(1_000, 60);
    private static readonly RateLimitTerms BackendTerms = new(100_000, 60);
    private static readonly RateLimitTerms OtherTerms = new(10_000, 60);

    /// <summary>The kind of that name, as it stands in key texts and records; None for any other text.</summary>
    public static KeyKinds Parse(ReadOnlySpan<char> name) => name switch
    {
        "admin" => KeyKinds.Admin,
        "tenant" => KeyKinds.Tenant,
        "game" => KeyKinds.Game,
        "board" => KeyKinds.Board,
        "client" => KeyKinds.Client,
        "embed" => KeyKinds.Embed,
        _ => KeyKinds.None,
    };

    /// <summary>The name of one kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none, or several.</exception>
    public static string NameOf(KeyKinds kind) => kind switch
    {
        KeyKinds.Admin => "admin",
        KeyKinds.Tenant => "tenant",
        KeyKinds.Game => "game",
        KeyKinds.Board => "board",
        KeyKinds.Client => "client",
        KeyKinds.Embed => "embed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "One kind is needed."),
    };

    /// <summary>
    /// The limit of keys that were made without one: 1,000 requests in 60 s for game keys, as their dialect documents it; 100,000 for
    /// the keys of backends and operators; 10,000 for the others.
    /// </summary>
    public static RateLimitTerms UsualTerms(KeyKinds kind) => kind switch
    {
        KeyKinds.Game => GameTerms,
        KeyKinds.Admin or KeyKinds.Tenant => BackendTerms,
        _ => OtherTerms,
    };
}
