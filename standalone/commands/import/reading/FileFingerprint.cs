using System.Security.Cryptography;

namespace Laurel.Standalone.Commands;

/// <summary>What a file is recognized by: a hash of its beginning, which stays the same while the file grows at its end.</summary>
/// <param name="Hash">128 bits of SHA-256 as 32 hexadecimal digits.</param>
/// <param name="Length">How many bytes were hashed.</param>
internal sealed record FileFingerprint(string Hash, int Length)
{
    private const int UsualLength = 64 * 1024;
    private const int HashDigits = 32;

    /// <summary>Reads a file's beginning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How many bytes; null for the usual number, or all of a shorter file.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static FileFingerprint Of(string path, int? length = null)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[length ?? UsualLength];
        var count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return new(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, count)))[..HashDigits], count);
    }
}
