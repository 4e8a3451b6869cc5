using System.Reflection;
using System.Text;
using System.Text.Json;
using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.WireFormat;

public sealed class WireTests
{
    private static readonly MethodInfo RoundTripMethod = typeof(WireTests).GetMethod(nameof(RoundTrip), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static TheoryData<string> MessageNames => [.. Contract.Messages.Select(static type => type.Name)];

    [Theory, MemberData(nameof(MessageNames))]
    public void Every_record_of_a_grains_interface_comes_back_as_it_was(string name)
    {
        var type = Contract.Messages.Single(type => type.Name == name);
        var roundTrip = RoundTripMethod.MakeGenericMethod(type);
        foreach (var seed in Seeds.Some.Select(static row => row.Data))
        {
            var samples = new Samples(new Random(seed));
            for (var i = 0; i < 50; i++)
            {
                var record = samples.Of(type);
                Sameness.Require(record, roundTrip.Invoke(null, [record]), $"seed {seed}: {name}");
            }
        }
    }

    [Fact]
    public void A_stored_key_reads_as_it_was_first_written()
    {
        const string Released = """
            {"key_id":"k1","kind":"tenant","tenant_id":"acme","scopes":["scores:write"],"rate_limit":{"requests":1000,"seconds":60},"origins":[],"hash":"AQID","created_at":"2025-08-01T12:00:00.0000001+00:00"}
            """;
        var record = new ApiKeyRecord(
            "k1", "tenant", "acme", null, null, ["scores:write"], new(1000, 60), [], [1, 2, 3], null, null, new DateTimeOffset(638896464000000001, TimeSpan.Zero));

        Assert.Equal(Released, Encoding.UTF8.GetString(Wire.Serialize(record)));
        Sameness.Require(record, Wire.Deserialize<ApiKeyRecord>(Encoding.UTF8.GetBytes(Released)), nameof(ApiKeyRecord));
    }

    [Fact]
    public void A_field_of_a_later_release_is_passed_over_and_a_missing_one_takes_its_default()
    {
        var page = Wire.Deserialize<EntryPage>("""{"status":0,"invented_later":{"a":[1]},"total":3}"""u8);

        Assert.Equal((OutcomeStatus.Ok, 3, 0L), (page.Status, page.Total, page.Sequence));
        Assert.Null(page.Entries);
    }

    [Fact]
    public void Json_inside_a_record_keeps_its_number_texts_and_outlives_the_bytes_it_came_from()
    {
        var bytes = """{"name":"n","config":{"ranking":{"size":1.50,"min_score":-0.0}}}"""u8.ToArray();
        var request = Wire.Deserialize<CreateLeaderboard>(bytes);
        Array.Clear(bytes);

        Assert.Equal("""{"ranking":{"size":1.50,"min_score":-0.0}}""", request.Config!.Value.GetRawText());
        Assert.Equal(JsonValueKind.Object, Wire.Deserialize<CreateLeaderboard>(Wire.Serialize(request)).Config!.Value.ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("{\"status\":")]
    [InlineData("{\"status\":\"yes\"}")]
    public void Bytes_that_say_no_record_are_refused_as_such(string text) =>
        Assert.Throws<InvalidDataException>(() => Wire.Deserialize<TenantOutcome>(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_type_outside_the_contract_has_no_wire_format() => Assert.Throws<NotSupportedException>(() => Wire.Serialize(new WireTests()));

    private static T RoundTrip<T>(T record)
        where T : class => Wire.Deserialize<T>(Wire.Serialize(record));
}
