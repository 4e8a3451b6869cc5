using System.Security.Cryptography;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend;

/// <summary>A key's record as its grain gave it.</summary>
/// <param name="record">The record.</param>
/// <param name="caller">Its owner.</param>
/// <param name="askedAt">The clock's timestamp before the grain was asked: the record was true at some moment after it.</param>
/// <param name="keysVersion">The version of all keys, read before the grain was asked; null when it is not known.</param>
internal sealed class HeldKey(ApiKeyRecord record, Caller caller, long askedAt, long? keysVersion)
{
    /// <summary>Stands for a grain that did not answer.</summary>
    public static readonly HeldKey Unanswered = new(null!, null!, 0, null);

    private long _trueAt = askedAt;
    private long _lastUsed = askedAt;
    private volatile bool _doubtful;

    /// <summary>The record.</summary>
    public ApiKeyRecord Record { get; } = record;

    /// <summary>Its owner.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>When the grain was asked.</summary>
    public long AskedAt { get; } = askedAt;

    /// <summary>The version of all keys then: while it lasts the record is true.</summary>
    public long? KeysVersion { get; } = keysVersion;

    /// <summary>The record was true at some moment after this.</summary>
    public long TrueAt => Volatile.Read(ref _trueAt);

    /// <summary>When it last judged a text.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>The grain has failed to answer since.</summary>
    public bool Doubtful
    {
        get => _doubtful;
        set => _doubtful = value;
    }

    /// <summary>The record was found true again, at some moment after that one.</summary>
    public void Confirm(long at)
    {
        Volatile.Write(ref _trueAt, at);
        _doubtful = false;
    }

    /// <summary>Whether the text with that hash is this key, compared in constant time.</summary>
    public KeyVerdict Judge(ReadOnlySpan<byte> hash, long now)
    {
        Volatile.Write(ref _lastUsed, now);
        return CryptographicOperations.FixedTimeEquals(Record.Hash, hash) ? KeyVerdict.Of(Caller) : KeyVerdict.Unknown;
    }
}
