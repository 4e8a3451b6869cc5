using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>A tenant as the API shows it.</summary>
internal sealed record TenantBody(string TenantId, string Name, string Plan, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static TenantBody Of(TenantRecord record) =>
        new(record.TenantId, record.Name, record.Plan, WholeSeconds.Of(record.CreatedAt), WholeSeconds.Of(record.UpdatedAt));
}
