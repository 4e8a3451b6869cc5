using System.Reflection;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.WireFormat;

/// <summary>Records filled at random, with the values that formats like to lose.</summary>
internal sealed class Samples(Random random)
{
    private static readonly double[] Doubles =
        [0, -0.0, 12.020123, 1500, -1.5, 1 << 30, 9007199254740992, -9007199254740992, double.Epsilon, double.MaxValue, double.MinValue, 0.1 + 0.2, 1e-300];

    private static readonly string[] Texts = ["", "a", "Zoë 東京 🏆", "\"quoted\" \\ / \u0001\u2028", "<script>&'", "lrl_game_x_y", new string('x', 300)];

    private static readonly string[] Json =
        ["null", "true", "12.50", "1e5", "\"a\\u00e9/\"", "[]", "{}", """{"in":["ranked", 1, {"deep":[null]}]}""", "-0.0", "9007199254740993"];

    /// <summary>A record, list or value of the type. Nullable members are null every third time.</summary>
    public object Of(Type type)
    {
        if (type == typeof(ScoreBatch)) return Batch(random.Next(0, 200));
        if (type == typeof(ScoreOutcomes)) return Outcomes(random.Next(0, 200));
        if (type == typeof(EventDelivery)) return Delivery(random.Next(0, 50));
        if (type == typeof(string)) return Text();
        if (type == typeof(bool)) return random.Next(2) == 1;
        if (type == typeof(int)) return random.Next(int.MinValue, int.MaxValue);
        if (type == typeof(long)) return random.NextInt64(long.MinValue, long.MaxValue);
        if (type == typeof(double)) return Double();
        if (type == typeof(Guid)) return Id();
        if (type == typeof(byte[])) return Bytes(random.Next(0, 40));
        if (type == typeof(TimeSpan)) return new TimeSpan(random.NextInt64(-TimeSpan.TicksPerDay * 400, TimeSpan.TicksPerDay * 400));
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(random.NextInt64(0, DateTime.MaxValue.Ticks), TimeSpan.Zero);
        if (type == typeof(JsonElement)) return JsonDocument.Parse(Json[random.Next(Json.Length)]).RootElement;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(random.Next(Enum.GetValues(type).Length))!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)) return ListOf(type.GenericTypeArguments[0]);
        if (type == typeof(IReadOnlyDictionary<string, JsonElement>)) return Filters();
        return RecordOf(type);
    }

    /// <summary>A batch of so many scores.</summary>
    public ScoreBatch Batch(int count)
    {
        var ends = new int[count];
        for (var i = 0; i < count; i++)
            ends[i] = (i == 0 ? 0 : ends[i - 1]) + random.Next(1, 40);
        return new ScoreBatch
        {
            RequestId = Id(),
            ReceivedAt = random.NextInt64(),
            IdEnds = ends,
            Ids = Bytes(count == 0 ? 0 : ends[^1]),
            Scores = [.. Enumerable.Range(0, count).Select(_ => Double())],
            AchievedAt = [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))],
            Extras = random.Next(2) == 0 ? null : [.. Enumerable.Range(0, count).Select(_ => random.Next(3) == 0 ? null : Extra())],
            WantStandings = random.Next(2) == 1,
        };
    }

    /// <summary>Outcomes of so many scores.</summary>
    public ScoreOutcomes Outcomes(int count) => new()
    {
        Status = (OutcomeStatus)Of(typeof(OutcomeStatus)),
        Sequence = random.NextInt64(),
        Statuses = random.Next(3) == 0 ? null : [.. Enumerable.Range(0, count).Select(_ => (ScoreStatus)Of(typeof(ScoreStatus)))],
        Standings = random.Next(3) == 0 ? null : [.. Enumerable.Range(0, count).Select(_ => new ScoreStanding(
            random.Next(2) == 0 ? null : Double(), random.Next(2) == 0 ? null : Double(), random.Next(2) == 0 ? null : random.Next(), random.Next(2) == 0 ? null : random.Next()))],
    };

    private EventDelivery Delivery(int count) =>
        new(Text(), [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, long.MaxValue))], Batch(count));

    private object RecordOf(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var constructor = type.GetConstructors().OrderByDescending(static constructor => constructor.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
        {
            var inner = Nullable.GetUnderlyingType(parameter.ParameterType);
            var mayBeNull = inner is not null || nullability.Create(parameter).WriteState == NullabilityState.Nullable;
            // A JSON null and no JSON are the same to every record.
            var value = Of(inner ?? parameter.ParameterType);
            return mayBeNull && (random.Next(3) == 0 || value is JsonElement { ValueKind: JsonValueKind.Null }) ? null : value;
        })]);
    }

    private Array ListOf(Type item)
    {
        var list = Array.CreateInstance(item, random.Next(0, 4));
        for (var i = 0; i < list.Length; i++)
            list.SetValue(Of(item), i);
        return list;
    }

    private Dictionary<string, JsonElement> Filters() =>
        Enumerable.Range(0, random.Next(0, 4)).ToDictionary(static i => $"attrs.Some_Mode{i}", _ => (JsonElement)Of(typeof(JsonElement)));

    private string Text() => Texts[random.Next(Texts.Length)];

    private ScoreExtra Extra()
    {
        var key = TextOrNull();
        return new ScoreExtra(TextOrNull(), TextOrNull(), key, key is null ? 0 : (ulong)random.NextInt64());
    }

    private string? TextOrNull() => random.Next(2) == 0 ? null : Text();

    private double Double() => random.Next(2) == 0 ? Doubles[random.Next(Doubles.Length)] : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-20, 20));

    private Guid Id() => new(Bytes(16));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
