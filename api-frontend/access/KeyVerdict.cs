namespace Laurel.ApiFrontend;

/// <summary>What became of a presented key.</summary>
/// <param name="Caller">Whose it is; null unless verified.</param>
/// <param name="Unavailable">Nobody could say: the key's grain does not answer, and the key was not verified lately.</param>
internal readonly record struct KeyVerdict(Caller? Caller, bool Unavailable)
{
    /// <summary>No key, a malformed, unknown or revoked one.</summary>
    public static readonly KeyVerdict Unknown = new(null, false);

    /// <summary>Nobody could say.</summary>
    public static readonly KeyVerdict Undecided = new(null, true);

    /// <summary>A good key.</summary>
    public static KeyVerdict Of(Caller caller) => new(caller, false);
}
