namespace Laurel.Standalone.Commands;

/// <summary>How far an import is, as it is kept beside its file.</summary>
/// <param name="FileHash">The file's <see cref="FileFingerprint"/>.</param>
/// <param name="HashedBytes">How many bytes that covers.</param>
/// <param name="Target">The board and the server.</param>
/// <param name="Reading">How the file is read.</param>
/// <param name="Cursor">Everything before it is settled; null at the beginning.</param>
/// <param name="Finished">Whether the end was reached.</param>
/// <param name="RejectBytes">How long the file of rejected lines is at this point.</param>
/// <param name="Tally">What became of the lines.</param>
internal sealed record ImportState(
    string FileHash, int HashedBytes, string Target, string Reading, string? Cursor, bool Finished, long RejectBytes, ImportTally Tally)
{
    /// <summary>The version of this form.</summary>
    public int Version { get; init; } = 1;
}
