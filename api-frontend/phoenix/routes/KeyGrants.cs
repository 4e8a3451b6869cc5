namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Who may make which keys, and the secret: nobody gets more through what they made than they had.</summary>
internal static class KeyGrants
{
    /// <summary>
    /// The first scope that the new key would bring and its maker lacks, or null. Kinds without scopes bring what they allow: a game key
    /// submits scores, so its maker must be allowed to.
    /// </summary>
    public static string? Lacking(Caller maker, KeyFields key) =>
        (key.Kind == KeyKinds.Tenant ? key.Scopes : BroughtBy(key.Kind)).FirstOrDefault(scope => !maker.Has(scope));

    /// <summary>The first scope that a signed request has and this caller lacks, or null: the secret is as good as a key with them all.</summary>
    public static string? LackingToSign(Caller maker) => Scopes.All.FirstOrDefault(scope => !maker.Has(scope));

    private static string[] BroughtBy(KeyKinds kind) => kind switch
    {
        KeyKinds.Game => [Scopes.ScoresWrite],
        KeyKinds.Board => [Scopes.LeaderboardsRead, Scopes.ScoresWrite],
        KeyKinds.Client => [Scopes.LeaderboardsWrite, Scopes.ScoresWrite],
        _ => [Scopes.LeaderboardsRead],
    };
}
