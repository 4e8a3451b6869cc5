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
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static ImportResumption Decide(ImportSettings settings, ImportState? kept)
    {
        var path = settings.File.Path;
        var isSameFile = kept is not null && IsSameFile(path, kept);
        var fingerprint = isSameFile ? new FileFingerprint(kept!.FileHash, kept.HashedBytes) : FileFingerprint.Of(path);
        var anew = new ImportState(fingerprint.Hash, fingerprint.Length, settings.Target, settings.File.Selection, null, false, 0, ImportTally.Empty);
        if (kept?.Cursor is null || settings.Restart)
            return new(anew, null);
        if (isSameFile && kept.Target == anew.Target && kept.Reading == anew.Reading)
            return new(kept, null);
        if (kept.Finished)
            return new(anew, null);

        var difference = !isSameFile ? "the file is not the same any more"
            : kept.Target != anew.Target ? $"it went to {kept.Target}"
            : $"it was read with {kept.Reading}";
        return new(null, $"{path}{ImportStateFile.Suffix} is of an import that did not end: {difference}. Finish that one, or begin anew with --restart.");
    }

    /// <summary>What an import's lines are recognized by when they come again: the file and how its lines are read.</summary>
    public static string IdentityOf(ImportState state, SourceFile file) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{state.FileHash} {file.Reading}")))[..IdentityDigits];

    private static bool IsSameFile(string path, ImportState kept) =>
        FileFingerprint.Of(path, kept.HashedBytes) == new FileFingerprint(kept.FileHash, kept.HashedBytes)
        && FileCursor.Parse(kept.Cursor).Offset <= new FileInfo(path).Length;
}
