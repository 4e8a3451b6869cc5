using System.Security.Cryptography;
using System.Text;

namespace Laurel.Standalone.Commands;

/// <summary>Where an import begins: anew, or where an earlier run of the same one ended.</summary>
/// <param name="State">Where; null when that is not decided.</param>
/// <param name="Mistake">Why it is not decided, and what to do about it.</param>
internal sealed record ImportResumption(ImportState? State, string? Mistake)
{
    private const int IdentityDigits = 32;

    /// <summary>Decides from what is kept beside the file.</summary>
    /// <param name="settings">What is asked.</param>
    /// <param name="kept">The state that an earlier run left; null when none did.</param>
    /// <exception cref="IOException">The origin cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static ImportResumption Decide(ImportSettings settings, ImportState? kept)
    {
        var origin = settings.Origin;
        var isSame = kept is not null && origin.IsSame(kept);
        var fingerprint = isSame ? new FileFingerprint(kept!.FileHash, kept.HashedBytes) : origin.Recognize();
        var anew = new ImportState(fingerprint.Hash, fingerprint.Length, settings.Target, origin.Selection, null, false, 0, ImportTally.Empty);
        if (kept?.Cursor is null || settings.Restart)
            return new(anew, null);
        if (isSame && kept.Target == anew.Target && kept.Reading == anew.Reading)
            return new(kept, null);
        if (kept.Finished)
            return new(anew, null);

        var difference = !isSame ? "the file is not the same any more"
            : kept.Target != anew.Target ? $"it went to {kept.Target}"
            : $"it was read with {kept.Reading}";
        return new(null, $"{origin.KeptAt}{ImportStateFile.Suffix} is of an import that did not end: {difference}. Finish that one, or begin anew with --restart.");
    }

    /// <summary>What an import's lines are recognized by when they come again: the file and how its lines are read.</summary>
    public static string IdentityOf(ImportState state, IImportOrigin origin) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{state.FileHash} {origin.Reading}")))[..IdentityDigits];
}
