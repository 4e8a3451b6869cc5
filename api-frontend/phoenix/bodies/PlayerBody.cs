using System.Text.Json.Serialization;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A registered player as the API shows it.</summary>
internal sealed record PlayerBody(
    string UserId,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name,
    string Privacy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Country,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static PlayerBody Of(PlayerRecord record) => new(
        record.UserId,
        record.Name,
        record.Hidden ? PlayerFields.Hidden : PlayerFields.Public,
        record.Country,
        WholeSeconds.Of(record.CreatedAt),
        WholeSeconds.Of(record.UpdatedAt));
}
