using System.Text.Json;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary><c>/v1/events</c></summary>
internal sealed class EventRoutes(IGrainPort port, BodyReader bodies, TimeProvider clock, IOptions<FrontendOptions> options)
{
    private const int MostEvents = 100;

    private static readonly Reply Busy = Reply.Error(
        StatusCodes.Status429TooManyRequests, "More events wait to be scored than may wait; send these again in a moment");

    private readonly long _tolerance = (long)options.Value.FutureTolerance.TotalMicroseconds;

    public async Task<Reply> PostAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        var events = NewReader();
        if (events.Read(body.Root, out var eventId) is { } mistake)
            return Reply.Invalid([mistake]);
        var (tenant, refused) = await FindTenantAsync(context, [body.Root]);
        if (refused is not null)
            return refused;

        var (_, failure) = await AcceptAsync(context, tenant, events);
        return failure ?? Reply.Accepted(new EventAcceptedBody("accepted", eventId), PhoenixJson.Shared.EventAcceptedBody);
    }

    public async Task<Reply> PostBulkAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context, bodies);
        if (body.Refusal is { } refusal)
            return refusal;
        if (body.Root.ValueKind != JsonValueKind.Object || !body.Root.TryGetProperty("events", out var list)
            || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() is 0 or > MostEvents)
        {
            return Reply.Invalid([new("events", $"events must be an array of 1 to {MostEvents} events")]);
        }

        var events = NewReader();
        List<string> ids = new(list.GetArrayLength());
        foreach (var element in list.EnumerateArray())
        {
            if (events.Read(element, out var eventId) is { } mistake)
                return Reply.Invalid([AtPlace(mistake, ids.Count)]);
            ids.Add(eventId);
        }

        var (tenant, refused) = await FindTenantAsync(context, list.EnumerateArray().Prepend(body.Root));
        if (refused is not null)
            return refused;
        var (outcome, failure) = await AcceptAsync(context, tenant, events);
        return failure ?? Reply.Accepted(BodyOf(ids, outcome!), PhoenixJson.Shared.EventsAcceptedBody);
    }

    private static Reply NoTenant => Reply.Invalid(
        [new("tenant_id", "With an admin key, tenant_id must name the one tenant that all events belong to")]);

    private static Mistake AtPlace(Mistake mistake, int place)
    {
        var path = mistake.Path.Length == 0 ? $"events[{place}]" : $"events[{place}].{mistake.Path}";
        return new(path, $"events[{place}]: {mistake.Message}");
    }

    private static EventsAcceptedBody BodyOf(List<string> ids, EventsAccepted outcome)
    {
        var results = ids.ConvertAll(static id => new EventAcceptedBody("accepted", id));
        foreach (var place in outcome.Duplicates ?? [])
            results[place] = results[place] with { Status = "duplicate" };
        return new("accepted", outcome.Accepted, ids.Count - outcome.Accepted, results);
    }

    /// <summary>The credentials' tenant. An admin key has none: then all events that name one must name the same.</summary>
    private async Task<(string Tenant, Reply? Refusal)> FindTenantAsync(HttpContext context, IEnumerable<JsonElement> elements)
    {
        if (context.Features.GetRequiredFeature<Caller>().Tenant is { } own)
            return (own, null);
        var named = elements.Select(static element => element.TryGetProperty("tenant_id", out var tenant) ? tenant : default)
            .Where(static tenant => tenant.ValueKind != JsonValueKind.Undefined)
            .Select(static tenant => tenant.ValueKind == JsonValueKind.String ? tenant.GetString() : null)
            .Distinct()
            .ToList();
        if (named is not [{ } one] || !Slug.IsValid(one))
            return ("", NoTenant);
        var known = await port.GetTenantAsync(one);
        return (one, known.Status == OutcomeStatus.Ok ? null : Refusals.Of(known.Status, RouteIds.Named("Tenant", one)));
    }

    private EventFields NewReader() => new(Timestamps.Now(clock) + _tolerance);

    private async Task<(EventsAccepted? Outcome, Reply? Failure)> AcceptAsync(HttpContext context, string tenant, EventFields events)
    {
        var outcome = await port.AcceptEventsAsync(EventsKey.Of(tenant), new EventBatch(RequestIds.Next(), events.ToArray()));
        if (outcome.Status == OutcomeStatus.Busy)
            context.Response.Headers.RetryAfter = "1";
        return outcome.Status switch
        {
            OutcomeStatus.Ok => (outcome, null),
            OutcomeStatus.Busy => (null, Busy),
            _ => (null, Refusals.Of(outcome.Status, RouteIds.Named("Tenant", tenant))),
        };
    }
}
