using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.Access;

/// <summary>Tickets, under a port that repeats and loses replies but lets the grain live.</summary>
public sealed class TicketJourneys
{
    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public async Task A_ticket_is_used_once_however_often_the_port_sends_it(int seed)
    {
        await using var cluster = await GrainCluster.StartAsync(seed, Mischief.Wild);
        cluster.Spare<ITickets>();
        byte[] hash = [.. Enumerable.Range(0, 32).Select(i => (byte)(seed + i))];
        await cluster.Grains.CallAsync("key", static (ITickets tickets, IssueTicket request) => tickets.IssueAsync(request), new IssueTicket(hash));

        var redeemed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RedeemAsync(cluster, hash, null)));

        var stream = Assert.Single(redeemed, outcome => outcome.Status == OutcomeStatus.Ok).Stream!;
        Assert.Equal(OutcomeStatus.NotFound, (await RedeemAsync(cluster, hash, "another")).Status);
        Assert.Equal(stream, (await RedeemAsync(cluster, hash, stream)).Stream);

        await cluster.Grains.CallAsync("key", static (ITickets tickets, ReturnTicket request) => tickets.ReturnAsync(request), new ReturnTicket(hash));
        cluster.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(stream, (await RedeemAsync(cluster, hash, stream)).Stream);
        await cluster.Grains.CallAsync("key", static (ITickets tickets, ReturnTicket request) => tickets.ReturnAsync(request), new ReturnTicket(hash));
        cluster.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(OutcomeStatus.NotFound, (await RedeemAsync(cluster, hash, stream)).Status);
    }

    private static Task<TicketOutcome> RedeemAsync(GrainCluster cluster, byte[] hash, string? stream) => cluster.Grains.CallAsync(
        "key", static (ITickets tickets, RedeemTicket request) => tickets.RedeemAsync(request), new RedeemTicket(Guid.NewGuid(), hash, stream));
}
