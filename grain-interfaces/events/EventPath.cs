using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Laurel.GrainInterfaces;

/// <summary>The path of an attribute, made ready to be looked up.</summary>
public readonly struct EventPath
{
    private readonly byte[] _text;

    /// <param name="path">Dotted, from the event's root: <c>attrs.mode</c>, <c>actor.metadata.region</c>, <c>event_type</c>.</param>
    public EventPath(string path)
    {
        _text = Encoding.UTF8.GetBytes(path);
        Hash = HashOf(_text);
        Field = path switch
        {
            "event_type" => EventField.Type,
            "actor.id" => EventField.ActorId,
            "actor.name" => EventField.ActorName,
            _ => EventField.Attribute,
        };
    }

    /// <summary>In UTF-8.</summary>
    public ReadOnlySpan<byte> Text => _text;

    internal ulong Hash { get; }

    internal EventField Field { get; }

    /// <summary>Part of the released format: stored events have it.</summary>
    internal static ulong HashOf(ReadOnlySpan<byte> path)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        var hash = (ulong)path.Length;
        for (; path.Length >= sizeof(ulong); path = path[sizeof(ulong)..])
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(path)) * Prime, 29);
        foreach (var single in path)
            hash = (hash ^ single) * Prime;
        return hash ^ (hash >> 32);
    }
}

/// <summary>Where in an event a path leads.</summary>
internal enum EventField : byte
{
    Attribute,
    Type,
    ActorId,
    ActorName,
}
