using System.Security.Cryptography;
using System.Text;

namespace Laurel.Storage.Tests;

/// <summary>What a journal must hold at each sequence, so that whoever reads it knows without having seen it written.</summary>
public static class CrashPayload
{
    /// <summary>The blob of a sequence: 32 to about 8,000 bytes.</summary>
    public static byte[] Of(string journal, long sequence)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{journal} {sequence}"));
        return [.. Enumerable.Repeat(hash, 1 + hash[0]).SelectMany(bytes => bytes)];
    }
}
