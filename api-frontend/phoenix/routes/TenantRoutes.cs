using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/tenants</c></summary>
internal sealed class TenantRoutes(IGrainPort port, BodyReader bodies, TenantSignatures signatures)
{
    public async Task<Reply> ListAsync(HttpContext context)
    {
        var query = new QueryReader(context.Request.Query);
        var request = new ListTenants(query.Offset(), query.Limit());
        if (query.Mistakes.Count > 0)
            return Reply.Invalid(query.Mistakes);
        if (context.Features.GetRequiredFeature<Caller>().Tenant is { } own)
            return await ListOwnAsync(own, request.Offset);

        var page = await port.ListTenantsAsync(request);
        return page.Status == OutcomeStatus.Ok
            ? Reply.Ok(new TenantListBody(page.Total, [.. page.Tenants!.Select(TenantBody.Of)]), PhoenixJson.Shared.TenantListBody)
            : Refusals.OfList(page.Status);
    }

    public async Task<Reply> CreateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        var (id, request) = TenantFields.ReadNew(body.Fields);
        if (body.Wrong is { } wrong)
            return wrong;

        var outcome = await port.CreateTenantAsync(id!, request);
        return outcome.Status == OutcomeStatus.Ok
            ? Reply.Created(TenantBody.Of(outcome.Record!), PhoenixJson.Shared.TenantBody)
            : Refusals.Of(outcome.Status, RouteIds.Named("Tenant", id!), outcome.Mistakes);
    }

    public async Task<Reply> GetAsync(HttpContext context) =>
        RouteIds.TryGetTenant(context, out var tenant) ? Answer(tenant, await port.GetTenantAsync(tenant)) : RouteIds.NoTenant(context);

    public async Task<Reply> UpdateAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        if (!RouteIds.TryGetTenant(context, out var tenant))
            return RouteIds.NoTenant(context);
        var change = TenantFields.ReadChange(body.Fields);
        return body.Wrong ?? Answer(tenant, await port.UpdateTenantAsync(tenant, change));
    }

    public async Task<Reply> DeleteAsync(HttpContext context) =>
        RouteIds.TryGetTenant(context, out var tenant) ? Answer(tenant, await port.DeleteTenantAsync(tenant)) : RouteIds.NoTenant(context);

    public async Task<Reply> RotateSecretAsync(HttpContext context)
    {
        if (!RouteIds.TryGetTenant(context, out var tenant))
            return RouteIds.NoTenant(context);
        if (KeyGrants.LackingToSign(context.Features.GetRequiredFeature<Caller>()) is { } lacking)
            return Reply.Error(StatusCodes.Status403Forbidden, $"A key without the scope {lacking} cannot have the secret: what it signs may do everything");
        var outcome = await port.SetTenantSecretAsync(tenant, new SetTenantSecret(TenantSignatures.MakeSecret()));
        signatures.Forget(tenant);
        return outcome.Status == OutcomeStatus.Ok
            ? Reply.Ok(new TenantSecretBody(outcome.Secret!), PhoenixJson.Shared.TenantSecretBody)
            : Refusals.Of(outcome.Status, RouteIds.Named("Tenant", tenant));
    }

    /// <summary>The list of who sees one tenant.</summary>
    private async Task<Reply> ListOwnAsync(string tenant, int offset)
    {
        var found = await port.GetTenantAsync(tenant);
        return found.Status == OutcomeStatus.Ok
            ? Reply.Ok(new TenantListBody(1, offset == 0 ? [TenantBody.Of(found.Record!)] : []), PhoenixJson.Shared.TenantListBody)
            : Refusals.Of(found.Status, RouteIds.Named("Tenant", tenant));
    }

    private static Reply Answer(string tenant, TenantOutcome outcome) =>
        outcome.Status == OutcomeStatus.Ok
            ? Reply.Ok(TenantBody.Of(outcome.Record!), PhoenixJson.Shared.TenantBody)
            : Refusals.Of(outcome.Status, RouteIds.Named("Tenant", tenant), outcome.Mistakes);
}
