using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Laurel.Ranking;

/// <summary>
/// SipHash-1-3 under a random key: players choose their own ids, and without the key nobody can choose ids that collide.
/// </summary>
internal readonly struct SipHash
{
    private readonly ulong _key0;
    private readonly ulong _key1;

    public SipHash(ulong key0, ulong key1)
    {
        _key0 = key0;
        _key1 = key1;
    }

    public static SipHash Random()
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        return new SipHash(BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));
    }

    public ulong Of(ReadOnlySpan<byte> text)
    {
        var v0 = _key0 ^ 0x736f6d6570736575;
        var v1 = _key1 ^ 0x646f72616e646f6d;
        var v2 = _key0 ^ 0x6c7967656e657261;
        var v3 = _key1 ^ 0x7465646279746573;
        var last = (ulong)text.Length << 56;

        while (text.Length >= sizeof(ulong))
        {
            Absorb(BinaryPrimitives.ReadUInt64LittleEndian(text), ref v0, ref v1, ref v2, ref v3);
            text = text[sizeof(ulong)..];
        }

        for (var i = 0; i < text.Length; i++)
        {
            last |= (ulong)text[i] << (8 * i);
        }

        Absorb(last, ref v0, ref v1, ref v2, ref v3);
        v2 ^= 0xff;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        return v0 ^ v1 ^ v2 ^ v3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Absorb(ulong word, ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v3 ^= word;
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= word;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v2 += v3;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
