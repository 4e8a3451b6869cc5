using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Laurel.GrainInterfaces;

/// <summary>
/// The wire format of every request and response record, and of the records that grains store: what one release writes, later ones
/// read. <see cref="ScoreBatch"/>, <see cref="ScoreOutcomes"/>, <see cref="EventBatch"/> and <see cref="EventDelivery"/> are binary, all others
/// JSON in UTF-8.
/// </summary>
/// <remarks>
/// JSON is snake_case without nulls; doubles come back bit by bit (−0 too), <see cref="JsonElement"/>s own their memory, lists and
/// dictionaries come back as arrays or lists of their own. Unknown fields are passed over, absent ones take the record's default: so a record
/// may gain a member with a default, and lose none.
/// </remarks>
public static class Wire
{
    /// <summary>What is written here goes into no HTML: text stays as it is, at a sixth of its escaped length.</summary>
    private static readonly WireJson Json = new(new JsonSerializerOptions(WireJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The record's bytes.</summary>
    /// <exception cref="NotSupportedException">The type is no record of a grain's interface.</exception>
    public static byte[] Serialize<T>(T record)
        where T : class
    {
        if (typeof(T) == typeof(ScoreBatch)) return ScoreBatchFormat.ToArray(Unsafe.As<ScoreBatch>(record));
        if (typeof(T) == typeof(ScoreOutcomes)) return ScoreOutcomesFormat.ToArray(Unsafe.As<ScoreOutcomes>(record));
        if (typeof(T) == typeof(EventBatch)) return EventBatchFormat.ToArray(Unsafe.As<EventBatch>(record));
        if (typeof(T) == typeof(EventDelivery)) return EventDeliveryFormat.ToArray(Unsafe.As<EventDelivery>(record));
        return JsonSerializer.SerializeToUtf8Bytes(record, JsonOf<T>());
    }

    /// <summary>The record that these bytes say. It owns its memory.</summary>
    /// <exception cref="InvalidDataException">The bytes say none.</exception>
    /// <exception cref="NotSupportedException">The type is no record of a grain's interface.</exception>
    public static T Deserialize<T>(ReadOnlySpan<byte> bytes)
        where T : class
    {
        if (typeof(T) == typeof(ScoreBatch)) return Unsafe.As<T>(ScoreBatchFormat.Read(bytes));
        if (typeof(T) == typeof(ScoreOutcomes)) return Unsafe.As<T>(ScoreOutcomesFormat.Read(bytes));
        if (typeof(T) == typeof(EventBatch)) return Unsafe.As<T>(EventBatchFormat.Read(bytes));
        if (typeof(T) == typeof(EventDelivery)) return Unsafe.As<T>(EventDeliveryFormat.Read(bytes));

        var json = JsonOf<T>();
        try
        {
            return JsonSerializer.Deserialize(bytes, json) ?? throw new InvalidDataException($"There is no {typeof(T).Name} here.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"This is no {typeof(T).Name}: {e.Message}", e);
        }
    }

    /// <summary>Whether the type is one of the records that have bytes here; false for the plain values within them.</summary>
    public static bool Knows(Type type) =>
        type == typeof(ScoreBatch)
        || type == typeof(ScoreOutcomes)
        || type == typeof(EventBatch)
        || type == typeof(EventDelivery)
        || (type is { IsClass: true } && type.Assembly == typeof(Wire).Assembly && Json.GetTypeInfo(type) is not null);

    private static JsonTypeInfo<T> JsonOf<T>() =>
        (JsonTypeInfo<T>?)Json.GetTypeInfo(typeof(T))
        ?? throw new NotSupportedException($"{typeof(T)} has no wire format. Add it to WireJson.");
}
