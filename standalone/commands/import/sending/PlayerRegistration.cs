using System.Buffers;
using System.Text.Json;

namespace Laurel.Standalone.Commands;

/// <summary>
/// Registers the players of a source before their scores are sent. Registering one again changes nothing but the name, where the
/// source has names.
/// </summary>
/// <param name="courier">Brings the requests.</param>
/// <param name="tenant">Whose players they are.</param>
internal sealed class PlayerRegistration(Courier courier, string tenant)
{
    // Players seen lately are not sent again; when there are too many to remember, all are forgotten.
    private const int MostRemembered = 200_000;

    private readonly Dictionary<string, string?> _registered = new(StringComparer.Ordinal);
    private readonly string _path = $"tenants/{tenant}/players/bulk";

    /// <summary>Registers those that are new.</summary>
    /// <returns>Why the import cannot go on; null when it can. A player whom the server refuses is seen by their score's own outcome.</returns>
    public async Task<string?> RegisterAsync(IReadOnlyList<SourceItem> items, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>();
        foreach (var item in items)
            Write(item.Score!, body);
        if (body.WrittenCount == 0)
            return null;

        var answer = await courier.PostAsync(_path, body.WrittenMemory, "application/x-ndjson", cancellation);
        return answer.Status == 200
            ? null
            : ServerWords.ExplainStop(answer, $"a tenant key of {tenant} with the scope players:write, or an admin key");
    }

    private void Write(ScoreLine score, ArrayBufferWriter<byte> body)
    {
        if (_registered.TryGetValue(score.UserId, out var name) && (score.Name is null || score.Name == name))
            return;
        if (_registered.Count == MostRemembered)
            _registered.Clear();
        _registered[score.UserId] = score.Name;

        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("user_id"u8, score.UserId);
            if (score.Name is not null)
                json.WriteString("name"u8, score.Name);
            json.WriteEndObject();
        }

        body.Write("\n"u8);
    }
}
