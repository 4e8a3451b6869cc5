using System.Text;

namespace Laurel.Ranking.Tests;

/// <summary>Every public method of a board against <see cref="OracleBoard"/>, in random order.</summary>
public sealed class BoardProperties
{
    private const int Steps = 100_000;

    public static TheoryData<Direction, Mix> Mixes()
    {
        var data = new TheoryData<Direction, Mix>();
        foreach (var mix in Enum.GetValues<Mix>())
        {
            data.Add(Direction.Descending, mix);
            data.Add(Direction.Ascending, mix);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Mixes))]
    public void A_board_agrees_with_a_sorted_list_after_any_operations(Direction direction, Mix mix)
    {
        var run = new RandomRun(direction, mix, Seeded.Random(out _));
        for (var step = 1; step <= Steps; step++)
        {
            run.Step(population: Population(mix, step));
            if (step % 1000 == 0)
            {
                run.CheckAll();
            }
        }
    }

    /// <summary>Waves, so that runs and lanes are split and joined again; ids of their own length keep the mix of ids small.</summary>
    private static int Population(Mix mix, int step) =>
        (int)((mix == Mix.LongIds ? 600 : 4000) * Math.Abs(Math.Sin(step / 15_000.0)));

    public enum Mix
    {
        /// <summary>Random doubles of every size and sign, so that nothing ties.</summary>
        Spread,

        /// <summary>Whole scores of a game, a few entries for each, times of a season.</summary>
        Game,

        /// <summary>Ten scores, times that move on.</summary>
        Ties,

        /// <summary>Three scores (0 and −0 among them) and two times, so that ids decide.</summary>
        FullTies,

        /// <summary>Ids of 1 to 512 bytes, with common beginnings.</summary>
        LongIds,

        /// <summary>Infinite and smallest scores, and the ends of time.</summary>
        Extremes,
    }

    private sealed class RandomRun(Direction direction, Mix mix, Random random)
    {
        private readonly Board _board = new(direction);
        private readonly OracleBoard _oracle = new(direction);
        private readonly List<OracleBoard.Standing> _known = [];
        private int _names;
        private long _clock;

        public void Step(int population)
        {
            var grow = _known.Count < population;
            switch (random.Next(20))
            {
                case < 3 when grow:
                    Add();
                    break;
                case < 3 when _known.Count > 0:
                    Remove();
                    break;
                case < 13 when _known.Count > 0:
                    Place();
                    break;
                case 13 when _known.Count > 0:
                    Hide();
                    break;
                case 14 when _known.Count > 0:
                    SetFlags();
                    break;
                case 15 when random.Next(50) == 0:
                    Stage();
                    break;
                default:
                    CheckSome();
                    break;
            }
        }

        public void CheckAll()
        {
            SkipListAudit.Check(_board.List, _board.Entries);
            Assert.Equal(_oracle.Order.Count, _board.Count);
            Assert.Equal(_known.Count, _board.SubjectCount);
            var slots = new int[_board.Count];
            Assert.Equal(slots.Length, _board.Page(0, slots));
            Assert.Equal(_oracle.Order.Select(standing => standing.Slot), slots);
            Assert.Equal(
                _known.Select(standing => standing.Slot).Order(),
                Enumerable.Range(0, _board.SlotCapacity).Where(_board.IsUsed));
            foreach (var standing in _known)
            {
                CheckOne(standing);
            }
        }

        private void Add()
        {
            var id = NewId();
            if (_oracle.Subjects.ContainsKey(id))
            {
                return;
            }

            var standing = _oracle.Add(id);
            Assert.Equal(-1, _board.Find(standing.Utf8));
            standing.Slot = _board.Add(standing.Utf8);
            _known.Add(standing);
            Assert.False(_board.HasScore(standing.Slot));
            Assert.Equal(0, _board.Flags(standing.Slot));
        }

        private void Remove()
        {
            var at = random.Next(_known.Count);
            var standing = _known[at];
            _known[at] = _known[^1];
            _known.RemoveAt(_known.Count - 1);
            _oracle.Remove(standing);
            _board.Remove(standing.Slot);
            Assert.Equal(-1, _board.Find(standing.Utf8));
            Assert.False(_board.IsUsed(standing.Slot));
        }

        private void Place()
        {
            var standing = Any();
            var again = standing.HasScore && random.Next(10) == 0;
            var (score, time) = again ? (standing.Score, standing.Time) : (NewScore(), NewTime());
            _oracle.Place(standing, score, time);
            Assert.Equal(_oracle.RankOf(standing), _board.Place(standing.Slot, score, time));
        }

        private void Hide()
        {
            var standing = Any();
            if (random.Next(2) == 0)
            {
                _oracle.Unlist(standing);
                _board.Unlist(standing.Slot);
                return;
            }

            var (score, time) = (NewScore(), NewTime());
            _oracle.SetUnlisted(standing, score, time);
            _board.SetUnlisted(standing.Slot, score, time);
        }

        private void SetFlags()
        {
            var standing = Any();
            standing.Flags = (byte)random.Next(256);
            _board.Flags(standing.Slot) = standing.Flags;
        }

        /// <summary>Stages a few or many, some of them twice, some undone in between, and places them.</summary>
        private void Stage()
        {
            var staged = new Dictionary<OracleBoard.Standing, (double Score, long Time)>();
            for (var i = random.Next(random.Next(2) == 0 ? 10 : 3000); i > 0 && _known.Count > 0; i--)
            {
                var standing = Any();
                staged[standing] = (NewScore(), NewTime());
                _board.Stage(standing.Slot, staged[standing].Score, staged[standing].Time);
                Assert.Equal(0, _board.RankOf(standing.Slot));
                if (random.Next(20) == 0)
                {
                    _board.Unlist(standing.Slot);
                    _oracle.SetUnlisted(standing, staged[standing].Score, staged[standing].Time);
                    staged.Remove(standing);
                }
            }

            _board.PlaceStaged();
            foreach (var (standing, (score, time)) in staged)
            {
                _oracle.Place(standing, score, time);
            }
        }

        private void CheckSome()
        {
            if (_known.Count > 0)
            {
                CheckOne(Any());
                CheckAround(Any());
                if (random.Next(20) == 0)
                {
                    CheckBatch();
                }
            }

            var (score, time, id) = (NewScore(), NewTime(), Encoding.UTF8.GetBytes(NewId()));
            Assert.Equal(_oracle.CountBefore(score), _board.CountBefore(score));
            Assert.Equal(_oracle.CountBefore(score, time, id), _board.CountBefore(score, time, id));
            var slots = new int[random.Next(200)];
            var next = _board.NextFrom(score, time, id, slots);
            Assert.Equal(_oracle.NextFrom(score, time, id, slots.Length).Select(standing => standing.Slot), slots.Take(next));
            var offset = random.Next(_board.Count + 10);
            var paged = _board.Page(offset, slots);
            Assert.Equal(_oracle.Order.Skip(offset).Take(slots.Length).Select(standing => standing.Slot), slots.Take(paged));
        }

        private void CheckOne(OracleBoard.Standing standing)
        {
            var slot = standing.Slot;
            Assert.Equal(slot, _board.Find(standing.Utf8));
            Assert.True(_board.IdOf(slot).SequenceEqual(standing.Utf8));
            Assert.Equal(standing.Listed, _board.IsListed(slot));
            Assert.Equal(standing.HasScore, _board.HasScore(slot));
            Assert.Equal(standing.Flags, _board.Flags(slot));
            Assert.Equal(_oracle.RankOf(standing), _board.RankOf(slot));
            Assert.Equal(_oracle.StandardRankOf(standing), _board.StandardRankOf(slot));
            if (standing.HasScore)
            {
                Assert.Equal(standing.Score + 0.0, _board.ScoreOf(slot));
                Assert.Equal(standing.Time, _board.TimeOf(slot));
            }
        }

        private void CheckAround(OracleBoard.Standing standing)
        {
            var each = random.Next(20);
            var slots = new int[(2 * each) + 1];
            var count = _board.Around(standing.Slot, each, slots, out var firstRank);
            var index = _oracle.RankOf(standing) - 1;
            var first = Math.Max(0, index - each);
            var expected = index < 0 ? [] : _oracle.Order.Skip(first).Take(index + each + 1 - first).Select(other => other.Slot);
            Assert.Equal(expected, slots.Take(count));
            if (count > 0)
            {
                Assert.Equal(first + 1, firstRank);
            }
        }

        private void CheckBatch()
        {
            var names = Enumerable.Range(0, random.Next(100))
                .Select(_ => random.Next(4) == 0 ? Encoding.UTF8.GetBytes(NewId()) : Any().Utf8)
                .ToArray();
            var ends = new int[names.Length];
            for (var i = 0; i < ends.Length; i++)
            {
                ends[i] = names[i].Length + (i == 0 ? 0 : ends[i - 1]);
            }

            var slots = new int[ends.Length];
            _board.Find(names.SelectMany(name => name).ToArray(), ends, slots);
            Assert.Equal(names.Select(name => _board.Find(name)), slots);
        }

        private OracleBoard.Standing Any() => _known[random.Next(_known.Count)];

        private string NewId() => mix switch
        {
            Mix.LongIds => new string((char)('a' + random.Next(2)), random.Next(1, 500)) + (char)('0' + random.Next(10)) + new string('é', random.Next(6)),
            _ => $"player-{_names++ % 20_000:x}",
        };

        private double NewScore() => mix switch
        {
            Mix.Spread => BitConverter.Int64BitsToDouble(random.NextInt64() & ~(1L << 62)) * (random.Next(2) == 0 ? -1 : 1),
            Mix.Game or Mix.LongIds => random.Next(1000),
            Mix.Ties => random.Next(1, 11),
            Mix.FullTies => random.Next(3) switch { 0 => 0.0, 1 => -0.0, _ => 7.5 },
            _ => random.Next(6) switch
            {
                0 => double.NegativeInfinity,
                1 => double.PositiveInfinity,
                2 => double.MaxValue,
                3 => -double.MaxValue,
                4 => double.Epsilon * random.Next(-3, 3),
                _ => (1L << 53) - random.Next(3),
            },
        };

        private long NewTime() => mix switch
        {
            Mix.Ties => _clock += random.Next(1_000_000),
            Mix.FullTies => random.Next(2) - 1,
            Mix.Extremes => random.Next(4) switch { 0 => long.MinValue, 1 => long.MaxValue, 2 => -1, _ => random.NextInt64() },
            _ => random.NextInt64(-1_000_000_000_000, 1_000_000_000_000),
        };
    }
}
