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
    }

    [Fact]
    public async Task A_broken_stream_is_reopened_for_ten_minutes()
    {
        // What a wild port still has under way would arrive after the clock was turned.
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        byte[] hash = [1, 2, 3];
        await cluster.Grains.CallAsync("key", static (ITickets tickets, IssueTicket request) => tickets.IssueAsync(request), new IssueTicket(hash));
        var stream = (await RedeemAsync(cluster, hash, null)).Stream!;

        await cluster.Grains.CallAsync("key", static (ITickets tickets, ReturnTicket request) => tickets.ReturnAsync(request), new ReturnTicket(hash));
        cluster.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(stream, (await RedeemAsync(cluster, hash, stream)).Stream);
        await cluster.Grains.CallAsync("key", static (ITickets tickets, ReturnTicket request) => tickets.ReturnAsync(request), new ReturnTicket(hash));
        cluster.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(OutcomeStatus.NotFound, (await RedeemAsync(cluster, hash, stream)).Status);
    }

    [Fact]
    public async Task A_break_noticed_after_the_stream_was_reopened_ends_nothing()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        byte[] hash = [1, 2, 3];
        await cluster.Grains.CallAsync("key", static (ITickets tickets, IssueTicket request) => tickets.IssueAsync(request), new IssueTicket(hash));
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var stream = (await RedeemAsync(cluster, hash, null, first)).Stream!;
        Assert.Equal(stream, (await RedeemAsync(cluster, hash, stream, second)).Stream);

        await ReturnAsync(cluster, new ReturnTicket(hash, stream, first));
        cluster.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(stream, (await RedeemAsync(cluster, hash, stream, second)).Stream);
        await ReturnAsync(cluster, new ReturnTicket(hash, stream, second));
        cluster.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(OutcomeStatus.NotFound, (await RedeemAsync(cluster, hash, stream)).Status);
    }

    [Fact]
    public async Task A_forgotten_ticket_of_an_open_stream_is_known_again_and_opens_no_other()
    {
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None);
        byte[] hash = [1, 2, 3];
        await cluster.Grains.CallAsync("key", static (ITickets tickets, IssueTicket request) => tickets.IssueAsync(request), new IssueTicket(hash));
        var opened = Guid.NewGuid();
        var stream = (await RedeemAsync(cluster, hash, null, opened)).Stream!;
        cluster.Kill<ITickets>("key");
        Assert.Equal(OutcomeStatus.NotFound, (await RedeemAsync(cluster, hash, stream)).Status);

        await ReturnAsync(cluster, new ReturnTicket(hash, stream, opened, IsOpen: true));

        Assert.Equal(OutcomeStatus.NotFound, (await RedeemAsync(cluster, hash, null)).Status);
        Assert.Equal(stream, (await RedeemAsync(cluster, hash, stream)).Stream);
    }

    private static Task<Acknowledgement> ReturnAsync(GrainCluster cluster, ReturnTicket request) =>
        cluster.Grains.CallAsync("key", static (ITickets tickets, ReturnTicket asked) => tickets.ReturnAsync(asked), request);

    private static Task<TicketOutcome> RedeemAsync(GrainCluster cluster, byte[] hash, string? stream, Guid? id = null) => cluster.Grains.CallAsync(
        "key", static (ITickets tickets, RedeemTicket request) => tickets.RedeemAsync(request), new RedeemTicket(id ?? Guid.NewGuid(), hash, stream));
}
