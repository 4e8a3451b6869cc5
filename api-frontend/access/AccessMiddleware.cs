using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;

namespace Laurel.ApiFrontend;

/// <summary>
/// Admits requests to the routes that were found for them: verifies the key or the tenant's signature, takes a permit of its rate limit,
/// and checks kind, tenant, board, scope and origin against the route's <see cref="AccessRule"/>. An admitted request has a
/// <see cref="Caller"/> among its features. Bodies are read later, so a request refused for its body has used its permit.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next,
    KeyRing keys,
    SignedRequests signed,
    TicketOffice tickets,
    TokenOffice tokens,
    PermitPools permits,
    RequestQuota quota,
    FrontendMetrics metrics)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not RouteEndpoint endpoint)
            return next(context);

        var rule = endpoint.Metadata.GetMetadata<AccessRule>();
        if (rule is not null && rule.Kinds != KeyKinds.None)
            return AdmitAsync(context, rule);
        if (rule is null && RouteFamilies.Of(context.Request.Path).NeedsAccessRules)
            throw new InvalidOperationException($"The route {endpoint.RoutePattern.RawText} does not say who may use it.");
        return next(context);
    }

    private async Task AdmitAsync(HttpContext context, AccessRule rule)
    {
        if (rule.TakesStrangers && context.Request.Headers.Authorization.Count == 0)
        {
            await next(context);
            return;
        }

        var family = RouteFamilies.Of(context.Request.Path);
        var (verdict, refusal) = SignedRequests.IsSigned(context.Request) && family.TakesSignatures && family.ReadKey(context.Request) is null
            ? await signed.VerifyAsync(context)
            : (await VerifyAsync(context, family, rule), 0);
        if (refusal != 0)
        {
            await family.WriteErrorAsync(context, refusal);
            return;
        }

        if (verdict.Caller is not { } caller)
        {
            family.GreetStranger(context, rule);
            await family.WriteErrorAsync(
                context, verdict.Unavailable ? StatusCodes.Status500InternalServerError : StatusCodes.Status401Unauthorized);
            return;
        }

        if ((caller.Kind & rule.Kinds) == 0)
        {
            family.Greet(context, caller, permits);
            await family.WriteErrorAsync(context, family.ForbiddenStatus);
            return;
        }

        var permit = await permits.TakeAsync(caller);
        family.Greet(context, caller, permits);
        if (!permit.Granted)
        {
            await RefuseAsync(context, family, permit);
            return;
        }

        if (!MayUse(caller, rule, context))
        {
            await family.WriteErrorAsync(context, family.ForbiddenStatus);
            return;
        }

        if (caller.Tenant is { } tenant && !await CountAsync(context, family, rule, tenant))
            return;

        // What one key may read is nobody else's: X-API-Key, unlike Authorization, does not keep shared caches away by itself.
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Set(caller);
        await next(context);
    }

    private ValueTask<KeyVerdict> VerifyAsync(HttpContext context, RouteFamily family, AccessRule rule)
    {
        if (rule.TakesKeyInQuery && family.TakesSignatures && context.Request.Query.ContainsKey("signature"))
            return signed.VerifySocketAsync(context);
        if (rule.TakesToken)
            return tokens.VerifyAsync(RouteFamily.ReadBearer(context.Request));
        var text = family.ReadKey(context.Request);
        if (text is null && rule.TakesTicket && context.Request.Query["ticket"] is { Count: 1 } ticket)
            return tickets.RedeemAsync(context, ticket[0]);
        text ??= rule.TakesKeyInQuery ? ReadQuery(context.Request.Query) : null;
        if (!rule.TakesTicket || !TicketOffice.IsTicket(text))
            return keys.VerifyAsync(text, context.Features.Get<BearerMemory>());
        // A negotiation opens nothing: the connection that follows it shows the ticket again.
        return context.GetEndpoint()!.Metadata.GetMetadata<NegotiateMetadata>() is null
            ? tickets.RedeemAsync(context, text)
            : tickets.FindAsync(text);
    }

    /// <summary>Counts the request; false when the plan forbids it and that has been answered.</summary>
    private async ValueTask<bool> CountAsync(HttpContext context, RouteFamily family, AccessRule rule, string tenant)
    {
        if (!rule.KeepsPlan)
        {
            quota.Count(tenant);
            return true;
        }

        if (await quota.TakeAsync(tenant) is not { } refusal)
            return true;
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(refusal.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await family.WriteErrorAsync(
            context, StatusCodes.Status429TooManyRequests, $"The {refusal.Plan} plan's requests of this month are used up");
        return false;
    }

    private Task RefuseAsync(HttpContext context, RouteFamily family, Permit permit)
    {
        if (permit.RetryAfter is null)
            return family.WriteErrorAsync(context, StatusCodes.Status500InternalServerError);

        metrics.RateLimited(family.Name);
        context.Response.Headers.RetryAfter = permit.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        return family.WriteErrorAsync(context, StatusCodes.Status429TooManyRequests);
    }

    private static string? ReadQuery(IQueryCollection query)
    {
        var values = query.ContainsKey("access_token") ? query["access_token"] : query["key"];
        return values.Count == 1 ? values[0] : null;
    }

    private static bool MayUse(Caller caller, AccessRule rule, HttpContext context)
    {
        if (!caller.AllowsOrigin(context.Request.Headers.Origin))
            return false;
        if (rule.Scope is not null && caller.Kind == KeyKinds.Tenant && !caller.Has(rule.Scope))
            return false;

        var route = context.Request.RouteValues;
        if (route.Count == 0 || route[AccessRule.TenantParameter] is not string tenant)
            return true;
        return route[AccessRule.LeaderboardParameter] is string board ? caller.Reaches(tenant, board) : caller.Reaches(tenant);
    }
}
