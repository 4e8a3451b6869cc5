using Laurel.Grains.Tests.Support;

namespace Laurel.Grains.Tests.Events;

public class EventIdSetTests
{
    [Theory, MemberData(nameof(Seeds.Some), MemberType = typeof(Seeds))]
    public void It_knows_exactly_the_ids_of_the_last_day(int seed)
    {
        var random = new Random(seed);
        EventIdSet ids = new();
        Dictionary<ulong, long> model = [];
        var hour = 480_000L;
        var latest = hour;
        for (var i = 0; i < 60_000; i++)
        {
            if (random.Next(40) == 0)
                hour += random.Next(200) == 0 ? random.Next(400) : random.Next(-2, 4);
            latest = Math.Max(latest, hour);
            // Few bits, so that ids come again, in few tables, so that these are built anew.
            var id = ((ulong)(uint)random.Next(3) << 56) | (uint)random.Next(2, 4000);
            if (random.Next(50) == 0 && model.TryGetValue(id, out var at) && at == hour)
            {
                ids.Remove(id, hour);
                model.Remove(id);
                continue;
            }

            var isNew = !model.TryGetValue(id, out var before) || Math.Abs(hour - before) > 24;
            var isAdded = ids.TryAdd(id, hour);
            // One that was forgotten before the clock was set back may be taken for a new one.
            if (!isNew && latest - before > 24)
                isNew = isAdded;
            Assert.True(isNew == isAdded, $"{id:x} at {hour}, last at {before}");
            if (isNew)
                model[id] = hour;
            // While the clock is set back, ids that came anew on the last day are counted twice.
            if (i % 100 == 0 && hour == latest)
                Assert.Equal(model.Values.Count(came => hour - came <= 24), ids.CountLive(hour));
        }
    }
}
